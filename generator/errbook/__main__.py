"""`python -m errbook` is the command `errbook`."""

from errbook.cli import main

main()
