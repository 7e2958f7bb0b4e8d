"""The engine: who could take which seat, who should, and why.

Pure functions over numpy arrays. It knows no Django, no clock and no input or output; whoever calls it brings a
`Problem` and takes a `Solution` away.
"""
