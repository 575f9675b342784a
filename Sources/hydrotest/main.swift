print("hydrotest")
