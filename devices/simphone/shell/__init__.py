"""The phone's shell: command lines read as mksh reads them, run without any host's shell."""
