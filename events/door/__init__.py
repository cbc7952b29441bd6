"""The NGO door: organisations send in and look after their groups without an account.

An e-mail address is proved by a link and a code (decision 10). Its pages are never
kept on the way, set a cookie only once somebody writes, and need no scripts.
"""
