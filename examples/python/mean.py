import csv
import statistics

with open("/datasets/penguins.csv") as file:
    print(statistics.mean(float(row["bill_mm"]) for row in csv.DictReader(file)))
