"""Ways to give feedback."""

from django import template

from home.feedback.addresses import feedback_url

register = template.Library()
register.simple_tag(feedback_url, name="feedback_url")
