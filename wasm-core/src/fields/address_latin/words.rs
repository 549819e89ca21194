//! The words of addresses, each list parted by spaces.

/// Whether one of the lists holds a word.
pub fn is_in(words: &str, word: &str) -> bool {
    words.split_whitespace().any(|listed| listed == word)
}

/// Kinds of street that stand behind the name: 12 High Street.
pub const STREETS: &str = "street st road rd avenue ave lane ln drive dr close court ct place pl way boulevard blvd square sq terrace \
    crescent cres gardens grove parade highway hwy parkway pkwy circle trail row mews walk quay broadway esplanade \
    loop rise alley ter terr cir trl plaza";
/// Kinds of street that stand before the name, whose number may follow: Rue de Rivoli 8.
pub const STREETS_BEFORE: &str = "rue via viale piazza corso calle avenida avda av paseo plaza carrer rua travessa avenue boulevard ul ulica al \
    strada jalan jl jln rruga place chemin impasse allée quai cours route passage";
/// Those of them that follow a house number in small letters: 27 bis avenue Jean Jaurès.
pub const STREETS_SMALL: &str =
    "rue avenue boulevard place chemin impasse allée quai cours route passage calle rua avenida";
/// Abbreviations of a street in small letters, before its name: ul. Długa.
pub const STREETS_DOTTED: &str = "ul al c av";
pub const HOUSES_IN_WORDS: &str = "One Two Three Four Five Six Seven Eight Nine Ten";
/// Ends of words that are a street's name and kind in one: Hauptstraße 12, Prinsengracht 263.
pub const STREET_ENDS: &[&str] = &[
    "straße", "strasse", "str", "gasse", "allee", "platz", "straat", "laan", "gracht", "plein", "gatan", "vägen",
    "veien", "katu", "utca", "damm", "ufer",
];
/// What lies within a building or holds a post box; a number or a letter follows.
pub const WITHIN: &str = "apt apartment flat unit suite ste floor fl room rm shop level block blk bldg building tower plot lot sector box \
    no nr house psc gpo piso piano andar sala étage etage stock og bus bte door lgh int interno scala apto";
/// Parts of a flat's place that stand alone: 3º izq.
pub const WITHIN_ALONE: &str = "izq izda dcha esc eg og";
pub const PARTICLES: &str = "de da do das dos del della di du des la le les los las el van von der den dem und y e of the and upon sur sous \
    am im an auf in aan ter ten op o'";
/// A named building before its street.
pub const BUILDINGS: &str = "house building tower towers court centre center estate park hall mansion mansions lodge villa villas works plaza \
    chambers enclave gardens";
/// Words behind which a full stop ends no sentence.
pub const ABBREVIATED: &str = "st ave av avda rd dr ln ct pl sq blvd hwy pkwy cres str ul jl apt ste fl rm bldg blk no nr p.o o p n s e w c mt ft \
    sta int";
pub const STATES: &str = "AL AK AR AZ CA CO CT DE DC FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NJ NM NV NY OH OK \
    OR PA RI SC SD TN TX UT VA VT WA WI WV WY AB BC MB NB NL NS ON PE QC SK NSW VIC QLD ACT TAS";
/// Countries, regions that are written as one, and their shorter names; parted by bars.
pub const COUNTRIES: &str = "USA | U.S.A | US | UK | UAE | United States | United Kingdom | England | Scotland | Wales | Northern Ireland | \
    Ireland | Canada | Australia | New Zealand | Singapore | Hong Kong | Kowloon | New Territories | Germany | \
    Deutschland | France | Spain | España | Italy | Italia | Netherlands | The Netherlands | Belgium | Austria | \
    Switzerland | Portugal | Poland | Czech Republic | Denmark | Sweden | Norway | Finland | Greece | Hungary | \
    Romania | Turkey | Israel | India | Pakistan | Bangladesh | Sri Lanka | Nepal | China | Taiwan | Japan | South \
    Korea | Thailand | Vietnam | Malaysia | Indonesia | Philippines | Brazil | Mexico | Argentina | Chile | Colombia \
    | Peru | South Africa | Kenya | Nigeria | Ghana | Egypt | Morocco";
/// Words in capitals that begin something else, behind an address or before it.
pub const NO_PLACES: &str = "Thanks Thank Please Pls Regards Best Kind Cheers Call Phone Tel Mobile Email Mail The My I It We Is Can Hi Hello \
    Dear Desk Fax And But If Not Also So Our Your You They He She This That Why When Where What How Was Were Are Do \
    Does Did Could Would Should Will Just Still Because However Now Today Tomorrow Yesterday Since After Before \
    Until Sent From To At In On For With Yes No Ok Okay";
/// What stands before a person, not before a building.
pub const TITLES: &str = "Mr Mrs Ms Miss Dr Prof Madam";
/// Words, in small letters, with a number that is no house's.
pub const COUNTED: &str = "order invoice ticket case ref reference booking flight model version windows android page step item items sku \
    card account policy gate seat size class line error chapter code galaxy iphone pixel serial part year grade jan \
    january feb february mar march apr april may jun june jul july aug august sep sept september oct october nov \
    november dec december monday tuesday wednesday thursday friday saturday sunday usd eur gbp cny rmb aud cad am pm";
