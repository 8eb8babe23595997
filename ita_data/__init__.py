"""What ITA, the assessment of Thai public bodies' integrity and transparency, is: editions, sums, records.

Pure Python; it knows neither the interface nor the warehouse. Scores are points 0-100, high is good;
fiscal years are B.E.; a score nobody knows is absent, never 0.
"""
