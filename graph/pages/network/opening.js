// The language of the page before its first words are laid out.
document.documentElement.lang = openingLanguage("en");
