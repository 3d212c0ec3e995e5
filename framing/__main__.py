"""``python -m framing``, and the ``framing`` command."""


def main() -> None:
    """The command line. Ctrl-C ends it with code 130 and without a trace from here on, while it loads as well."""
    try:
        import os
        import signal

        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            # Nothing is begun yet, so nothing needs to be cleaned up. An exception would not do: raised inside the
            # import of an extension module it can come out as an error of that module's, or be printed and lost.
            signal.signal(signal.SIGINT, lambda number, frame: os._exit(130))
        from framing.cli import main as run

        try:
            run()
        except SystemExit as stop:
            if isinstance(stop.code, int):
                _leave(stop.code)
            raise
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def _leave(code: int) -> None:
    """End the process as the interpreter does, but leave memory to the system: to free the objects of word lists and
    models one by one takes a third of a second."""
    import atexit
    import os
    import sys
    import threading
    from contextlib import suppress

    if any(not t.daemon and t is not threading.main_thread() for t in threading.enumerate()):
        return  # somebody still works: end as usual
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError, ValueError):  # closed: said already
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
