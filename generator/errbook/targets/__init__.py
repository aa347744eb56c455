"""The targets: catalogue and names in, texts by path out. One module and one folder each.

A target has `render(catalogue, names, settings)` for one service, and `render_index(compiled,
settings)` for what is over all services. Paths are relative to the directory of the target.
"""
