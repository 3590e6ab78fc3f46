"""How the embedded default works a phone: its sentences, navigation, settings, text entry and permissions."""
