"""The directory: public facts about services. Holds no personal data; knows nothing of bot or web."""
