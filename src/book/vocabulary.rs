//! Words by which titles and names are told from the words around them, in the languages in which
//! dossiers are written and films are named. Small closed lists: evidence, never a dictionary.

/// Articles that open a title or a noun, in lower case. With an apostrophe: `l’`.
pub const ARTICLES: &[&str] = &[
    "the", "a", "an", "le", "la", "les", "l’", "un", "une", "der", "die", "das", "ein", "eine", "il", "lo",
    "gli", "el", "los", "las",
];

/// Words that stay small within a title: `Man with a Movie Camera`.
pub const CONNECTORS: &[&str] = &[
    "of", "the", "a", "an", "and", "in", "on", "to", "for", "with", "at", "by", "from", "or", "as", "into",
    "than", "without", "de", "du", "des", "d’", "la", "le", "les", "l’", "et", "à", "au", "aux", "en", "un",
    "une", "dans", "sur", "pour", "der", "die", "das", "und", "des", "dem", "den", "von", "im", "eine",
    "einer", "eines", "di", "del", "della", "dei", "e", "il", "el", "y", "los", "las", "ni",
];

/// Connectors that may as well join two works, or a work and something else: `Faust and Sunrise`.
pub const JOINTS: &[&str] = &["and", "et", "or", "ou", "und", "e", "y"];

/// Connectors behind which a title may begin that the words before do not belong to: `Schreck in Faust`.
pub const BRIDGES: &[&str] = &[
    "in", "to", "for", "with", "at", "by", "from", "on", "as", "than", "into", "without", "dans", "en",
    "pour", "sur", "à", "au", "aux", "du", "des",
];

/// Small words by which a title in another language than the text's is known: `Vivre sa vie`.
pub const FOREIGN_SMALL: &[&str] = &[
    "de", "du", "des", "d’", "la", "le", "les", "l’", "et", "à", "au", "aux", "en", "sa", "son", "ses",
    "mon", "ma", "mes", "ton", "ta", "est", "une", "un", "der", "die", "das", "und", "dem", "den", "von",
    "eine", "einer", "eines", "di", "del", "della", "dei", "il", "el", "los", "las", "y", "wa", "ga",
    "monogatari", "è", "che",
];

/// Small words by which English is known, where a title in another language is looked for.
pub const ENGLISH_SMALL: &[&str] = &[
    "the", "of", "and", "to", "was", "is", "by", "with", "for", "from", "his", "her", "its", "it", "that",
    "this", "as", "were", "had", "at", "their", "which", "who",
];

/// Words that open a sentence and belong to no title or name behind them, in lower case.
pub const OPENERS: &[&str] = &[
    "in", "after", "before", "with", "from", "when", "like", "behind", "and", "but", "to", "for", "as", "at",
    "on", "by", "between", "beside", "besides", "unlike", "though", "although", "yet", "compare", "see",
    "comparing", "then", "only", "later", "neither", "both", "of", "until", "since", "while", "where",
    "here", "there", "if", "even", "not", "no", "nor", "or", "so", "what", "why", "how", "who", "is", "was",
    "did", "does", "has", "had", "can", "could", "should", "would", "that", "this", "these", "those", "his",
    "her", "its", "their", "our", "your", "my", "he", "she", "it", "they", "we", "you", "i", "because", "whenever", "wherever", "whoever", "whatever", "compared", "seen", "asked", "having", "being",
    "against", "through", "within", "without", "under", "over", "among", "around", "beyond", "than", "next",
    "once", "still", "already", "soon", "thus", "hence", "perhaps", "maybe", "indeed", "also", "everyone",
    "nobody", "nothing", "everything", "all", "some", "many", "most", "few", "every", "each", "another",
    "other", "one", "two", "three", "four", "five", "six", "ask", "take", "think", "note", "watch", "now",
    "today", "often", "never", "always", "vs", "versus", "directors", "director", "critics", "critic",
    "actors", "actor", "films", "film", "dans", "après", "avant", "avec", "comme", "derrière", "et", "mais",
    "pour", "sur", "par", "chez", "face", "auprès", "depuis", "quand", "lorsque", "puis", "ici", "là",
    "devant", "sous", "vers", "entre", "selon", "sans", "si", "où", "que", "qui", "quoi", "ce", "cet",
    "cette", "ces", "son", "sa", "ses", "leur", "leurs", "il", "elle", "ils", "elles", "on", "nous", "vous",
    "je", "tout", "toute", "tous", "chaque", "rien", "personne", "aussi", "ainsi", "enfin", "alors", "car",
    "donc", "or", "ni", "de", "du", "des", "à", "au", "aux", "en", "voir", "plus", "même", "encore", "né",
    "née", "born",
];

/// Verbs in the form that follows a subject; a title before one is whole: `In Our Time (1982) was`.
pub const FINITE: &[&str] = &[
    "is", "was", "has", "had", "does", "did", "will", "would", "could", "can", "may", "might", "gives",
    "gave", "takes", "took", "shows", "showed", "opens", "opened", "ends", "ended", "begins", "began",
    "makes", "made", "brings", "brought", "follows", "followed", "belongs", "belonged", "comes", "came",
    "remains", "remained", "won", "wins", "became", "becomes", "tells", "told", "counted", "counts", "keeps",
    "kept", "asks", "asked", "looks", "looked", "seems", "seemed", "stands", "stood", "owes", "owed", "says",
    "teaches", "refuses", "lets", "leaves", "left", "never", "est", "fut", "était", "a", "avait", "montre",
    "reste", "commence", "sort", "sortit", "raconte", "achève", "finit", "donne", "donna", "devient",
    "devint", "prend", "pose", "parle", "appartient", "doit", "peut", "n’", "ne",
];

/// Words beside which a film's title stands, in lower case: `his film Sunrise`.
pub const FILM_WORDS: &[&str] = &[
    "film", "films", "picture", "pictures", "movie", "movies", "short", "feature", "documentary", "sequel",
    "remake", "remade", "making", "made", "directed", "directing", "shooting", "filming", "titled",
    "entitled", "tourner", "tourna", "réalisa", "réaliser", "intitulé", "intitulée", "masterpiece",
];

/// Persons that are called by what they are: `Count Orlok`. A name behind one is not another's surname.
pub const STYLES: &[&str] = &[
    "count", "countess", "mr", "mrs", "miss", "ms", "dr", "doctor", "lady", "lord", "sister", "brother",
    "father", "mother", "saint", "st", "king", "queen", "prince", "princess", "professor", "captain", "major",
    "colonel", "sergeant", "corporal", "private", "general", "judge", "bishop", "pope", "president",
    "madame", "monsieur", "mademoiselle", "mme", "mlle", "comte", "comtesse", "docteur", "soeur",
    "sœur", "frère", "père", "mère", "oncle", "tante", "uncle", "aunt", "maître", "abbé", "marquis", "baron",
    "doc", "little", "old", "young", "don", "inspector", "tsar", "emperor", "kaiser", "roi", "reine",
];

/// Words within the names of prizes and events, which have years but are no works.
pub const PRIZES: &[&str] = &[
    "prix", "prize", "prizes", "award", "awards", "oscar", "oscars", "palme", "trophy", "césar", "bafta",
    "festival", "biennale", "treaty", "exhibition", "congress", "nobel",
];

/// Words within the names of institutions, places, events and movements, which are no people; in lower
/// case.
pub const NO_PERSON: &[&str] = &[
    "lion", "leopard", "palm", "globe", "act", "war", "wars", "revolution", "academy", "films", "film", "pictures", "studio", "studios",
    "productions", "production", "society", "company", "corporation", "castle", "street", "avenue",
    "boulevard", "rue", "place", "valley", "theatre", "theater", "théâtre", "museum", "musée", "muséum",
    "university", "université", "collection", "club", "institute", "institut", "school", "école", "press",
    "books", "wave", "vague", "cinema", "cinéma", "cinémathèque", "republic", "république", "hall", "zoo",
    "house", "station", "gare", "hotel", "hôtel", "city", "sea", "island", "river", "park", "parc", "square",
    "union", "army", "party", "church", "committee", "office", "times", "post", "code", "kino", "ufa",
    "records", "orchestra", "guard", "library", "registry", "archive", "archives", "bank", "bridge", "pont",
    "new", "north", "south", "east", "west", "los", "las", "san", "santa", "great", "upper", "lower", "mount",
    "monument", "lake", "fort", "port", "cape", "monte", "notre", "united", "soviet", "royal", "national",
    "grand", "grande", "world", "golden", "silver", "cold", "civil", "front", "left", "right", "bank", "mont",
    "saint", "sight", "variety", "cahiers", "positif", "league", "court", "guild", "movement", "department",
    "ministry", "bureau", "board", "administration", "county", "bay", "beach", "hills", "district", "road",
    "lane", "quarter", "center", "centre", "tower", "tour", "bomb", "noir", "school", "age", "century",
    "code", "screen", "scene", "close", "take", "long", "slow", "deep", "jump", "cut", "shot", "editing",
    "montage", "realism", "neorealism", "expressionism", "romanticism", "ages", "east", "television",
    "radio", "bbc", "hour", "day", "night", "morning", "evening", "spring", "summer", "autumn", "winter",
    "january", "february", "march", "april", "june", "july", "august", "september", "october", "november",
    "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "champs",
    "criterion", "cannes", "venice", "berlin", "paris", "hollywood", "london", "rome", "vienna", "tokyo",
    "moscow", "odessa", "kiev", "taipei", "shanghai", "hong", "kong", "brooklyn", "manhattan", "munich",
    "stockholm", "copenhagen", "milan", "prague", "budapest", "madrid", "marseille", "lyon", "brussels",
    "geneva", "lisbon", "chicago", "boston", "atlanta", "texas", "arizona", "oregon", "california",
    "america", "england", "france", "germany", "italy", "japan", "china", "russia", "europe", "vietnam",
    "algeria", "venise", "londres", "vienne", "bruxelles", "genève", "europe", "amérique", "angleterre",
    "allemagne", "italie", "japon", "chine", "russie", "conclusion", "dead", "last", "first", "second",
    "third", "battleship", "ship", "jr", "sr", "éditions", "edizioni", "verlag", "prompt", "chapter", "part", "metadata", "comparisons", "comparaisons",
];

/// Adjectives of nations, which open names of movements and schools, in lower case.
pub const NATIONS: &[&str] = &[
    "american", "british", "english", "french", "german", "italian", "spanish", "swedish", "danish",
    "russian", "japanese", "chinese", "korean", "indian", "polish", "czech", "hungarian", "austrian",
    "european", "african", "african-american", "asian", "taiwanese", "dutch", "irish", "scottish", "jewish",
    "catholic", "western", "eastern", "northern", "southern", "roman", "greek", "victorian", "nouvelle",
    "nouveau", "brazilian", "iranian", "mexican", "québécois", "puerto", "latin", "viennese", "parisian",
    "parisien", "parisienne", "français", "française", "korean-american", "anglo-american",
];

/// Articles with a preposition in them.
pub const CONTRACTED: &[&str] = &["au", "aux", "du", "des", "am", "im", "zum", "zur", "del", "al"];

/// Small words within names, which are no part of the surname when they are written small.
pub const PARTICLES: &[&str] =
    &["von", "van", "de", "der", "den", "di", "da", "del", "della", "dos", "du", "des", "d’", "zu", "af", "ten"];

/// Chinese and Korean family names, which stand before the given name.
pub const FAMILY_FIRST: &[&str] = &[
    "Wong", "Wang", "Zhang", "Zhou", "Chen", "Li", "Hou", "Fei", "Jia", "Bong", "Park", "Kim", "Tsai", "Lau",
    "Cheung", "Leung", "Chow", "Chan", "Xie", "Wu", "Xu", "Lin", "Liu", "Yang", "Zhao", "Huang", "Sun", "Ma",
    "Zhu", "Guo", "He", "Luo", "Liang", "Song", "Tang", "Deng", "Feng", "Cao", "Peng", "Ye", "Lu", "Jiang",
    "Yuan", "Im", "Hong", "Yi", "Choi", "Jung", "Jeong", "Kang", "Cho", "Yoon", "Jang", "Han", "Shin", "Mao",
    "Tran", "Nguyen", "Kwan", "Hui", "Tsui",
];

/// Prepositions behind which places stand and people hardly do, in lower case.
pub const WHERE: &[&str] = &["in", "at", "near", "en"];

/// Whether a list holds a word, whatever its capitals.
pub fn holds(list: &[&str], word: &str) -> bool {
    let small = word.to_lowercase().replace('\'', "’");
    list.contains(&small.as_str())
}

/// What newspapers, houses and prizes are called that open with an article as titles do.
pub const NO_TITLE: &[&str] = &[
    "times", "post", "collection", "academy", "society", "institute", "museum", "library", "observer",
    "guardian", "hague", "company", "films", "productions", "pictures", "studios", "monde", "festival", "press",
    "review", "temps", "figaro",
];

/// Words behind a bracket that show that the words before it were no subject: `In Safety Last! (1923) he`.
pub const SUBJECTS: &[&str] = &[
    "he", "she", "it", "they", "we", "you", "i", "the", "a", "an", "his", "her", "its", "their", "this", "that",
    "there", "one", "il", "elle", "on", "nous", "ils", "elles", "le", "la", "les", "l’", "un", "une", "son", "sa",
];
