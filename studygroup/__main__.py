"""`python -m studygroup`: runs the command line."""

from studygroup.cli.main import main

if __name__ == "__main__":
    main()
