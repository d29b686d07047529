"""The command `licet`: whatever goes wrong ends in a message, never in a traceback."""

from __future__ import annotations

import errno
import gc
import os
import signal
import sys

BAD_INPUT, INTERNAL, INTERRUPTED = 2, 70, 130
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def main() -> None:
    """Run the command. User errors have exit code 2, Ctrl-C 130, a fault of Licet 70."""
    # While modules load there is nothing to tidy up, so Ctrl-C ends the program at once and in silence.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    gc.disable()  # nor is there garbage, and looking for it takes a tenth of the time
    from licet.cli.app import build  # loaded here, where Ctrl-C has been seen to
    from licet.facts.errors import LicetError

    app = build(sys.argv[1] if len(sys.argv) > 1 else "")
    gc.enable()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        app()
    except LicetError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        sys.exit(BAD_INPUT)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    except Exception as error:
        if isinstance(error, OSError) and error.errno in FULL:
            hint = "make room and give the same command again"
            print(f"E_DISK: a disk is full: {error.strerror} - {hint}", file=sys.stderr)
            sys.exit(BAD_INPUT)
        if os.environ.get("LICET_DEBUG"):
            raise
        fault = f"E_INTERNAL: {type(error).__name__}: {error}"
        print(f"{fault} - please report this; LICET_DEBUG=1 shows where", file=sys.stderr)
        sys.exit(INTERNAL)


if __name__ == "__main__":
    main()
