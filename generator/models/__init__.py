"""The nouns of a guideline as frozen pydantic models; extra keys are refused."""
