"""The targets: catalogue and names in, texts by path out. One module and one folder each.

A target has `render(catalogue, names, settings)` for one service, and `render_index(summaries,
settings)` for what is over all services, of which it has what `summary(catalogue, names)` told of
each, by id. Paths are relative to the directory of the target.
"""
