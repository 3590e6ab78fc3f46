"""The accessibility tree of a Linux desktop (AT-SPI2): what applications say of themselves, read within a budget."""
