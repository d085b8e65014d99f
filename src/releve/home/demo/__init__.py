"""The demonstration: a chapter that does not exist, its people written by hand, and two years played by the rooms' own actions.

Every date is counted from the day it is built, so that it never ages.
"""
