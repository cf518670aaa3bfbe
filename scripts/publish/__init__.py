"""What is made of a built site before readers get it: lean pages, one small style sheet, data files and redirects.

Works on the folder that either generator has written, and knows no generator.
"""
