"""What words mean on a parsed screen; start at find.py."""
