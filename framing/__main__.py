"""``python -m framing``, and the ``framing`` command."""


def main() -> None:
    """The command line; Ctrl-C while it is still being loaded ends it without a trace too."""
    try:
        from framing.cli import main as run

        run()
    except KeyboardInterrupt:
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
