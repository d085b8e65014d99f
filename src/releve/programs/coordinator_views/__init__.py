"""The pages by which coordinators prepare and change a program, one module per noun."""
