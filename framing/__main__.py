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

        run()
    except KeyboardInterrupt:
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
