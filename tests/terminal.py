"""Runs COLUMNS PROGRAM ARGUMENTS... on a terminal of 24 lines; prints what the terminal received.

Stdin may hold a JSON list of steps [text, keys]. A step waits until the terminal receives the text
after the previous step, then types the keys.
"""

import fcntl
import json
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time

PATIENCE = 60  # seconds
steps = json.loads(sys.stdin.read() or "[]")
patience = PATIENCE if steps else None
leader, terminal = pty.openpty()
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, int(sys.argv[1]), 0, 0))


def own_terminal():
    os.setsid()
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)


command = subprocess.Popen(
    sys.argv[2:], stdin=terminal, stdout=terminal, stderr=terminal, preexec_fn=own_terminal
)
os.close(terminal)
shown = b""
since = 0
while True:
    if not select.select([leader], [], [], patience)[0]:
        command.kill()
        sys.stdout.buffer.write(f"\nWaited without success for {steps[:1]} after: ".encode() + shown[since:])
        sys.exit(1)
    try:
        received = os.read(leader, 65536)
    except OSError:  # Linux: the other side is closed.
        break
    if not received:
        break
    shown += received
    while steps and steps[0][0].encode() in re.sub(rb"\x1b\[[0-9;]*[A-Za-z]", b"", shown[since:]):
        since = len(shown)
        # The terminal turns Ctrl-C into a signal only while the typed command runs.
        until = time.monotonic() + PATIENCE
        while steps[0][1] == "\x03" and not termios.tcgetattr(leader)[3] & termios.ISIG:
            if time.monotonic() > until:
                break
            time.sleep(0.01)
        if steps[0][1] == "\x03":
            time.sleep(1)  # The terminal does not show when the engine has the statement.
        os.write(leader, steps.pop(0)[1].encode())
sys.stdout.buffer.write(shown)
sys.exit(command.wait())
