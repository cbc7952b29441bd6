"""Long proofs: `python3 manage.py proof NAME`. Each module has `run(out)`."""
