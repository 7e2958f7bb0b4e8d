#!/usr/bin/env python3
"""Django's command line. Locally `./run manage` calls it with the servers up."""

import os
import sys

from config.command_line import run_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    run_command_line(sys.argv)
