"""Python target: a package with one module per service: an enum, and one exception per code."""

from errbook.targets.python.module import render
from errbook.targets.python.package import PACKAGE
from errbook.targets.target import Target

TARGET = Target(name="python", render=render, index=PACKAGE)
