"""The fictional data set: invented people, campaigns and requests, drawn from one seed and laid around one day.

Modules draw rows and `planting` stores them; only the parties are stored as `world` is made. A row names its parents
as objects, so that they can be drawn before the database has given anything a number.
"""
