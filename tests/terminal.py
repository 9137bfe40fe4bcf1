"""Runs a command on a terminal of 24 lines and 100 columns; prints what the terminal received."""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios

leader, terminal = pty.openpty()
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
command = subprocess.Popen(sys.argv[1:], stdin=terminal, stdout=terminal, stderr=terminal)
os.close(terminal)
while True:
    try:
        received = os.read(leader, 65536)
    except OSError:  # Linux: the other side is closed.
        break
    if not received:
        break
    sys.stdout.buffer.write(received)
sys.exit(command.wait())
