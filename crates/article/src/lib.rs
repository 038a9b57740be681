//! Separates headline, byline, dateline and prose of a news article from page furniture.
