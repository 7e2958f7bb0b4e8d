"""The fictional data set: invented volunteers, campaigns and requests, drawn from one seed and dated around one day.

The modules draw rows and `seeding` stores them; only the parties are stored when `world` is loaded. A row refers to its
parents as objects, so that rows can be drawn before the database has numbered any of them.
"""
