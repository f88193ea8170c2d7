"""The voices of the exchange: shipped clips, and makers for what is not shipped.

Everything here gives telephone sound: mono, 8 kHz, 300 to 3400 Hz, int16.
"""
