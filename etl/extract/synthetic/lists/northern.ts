// Synthetic people of northern Europe.
import { list, type Lists } from "./list.ts";

/** Germany: double first names, umlauts. */
export const DE: Lists = {
  female: list`Käthe|Lieselotte|Annika|Grit|Heike|Ursula|Jördis|Mareike|Sigrid|Traute|Wiebke|
    Anne-Marie|Elfriede|Gudrun|Hannelore|Ilse|Kerstin|Lotte|Ruth|Silke`,
  male: list`Jürgen|Hans-Peter|Uwe|Detlef|Eberhard|Friedhelm|Günther|Holger|Ingo|Jörg|Karl-Heinz|
    Lutz|Manfred|Norbert|Ottmar|Rainer|Siegfried|Torsten|Volker|Wolf-Dieter`,
  stems: list`Acker|Bött|Brück|Dorn|Ebers|Fehr|Grün|Hage|Hölz|Kling|Kräm|Lind|Mühl|Neu|Ober|Pfei|
    Rött|Schön|Schwarz|Stein|Thal|Uhl|Vogel|Wald|Weiß|Wink|Zieg|Buch|Kirch|Rosen`,
  endings: list`mann|er|berg|bach|hof|feld|meier|hauer|brecht|ler|hardt|wald|holz|häuser|ke`,
  streets: list`Hauptstraße|Lindenweg|Am Bahnhof|Schulstraße|Goetheplatz|Kirchgasse|Feldweg|
    Mühlenstraße|Bergstraße|Rosenweg|Im Wiesengrund|Gartenstraße|Schloßallee|Ahornweg|Waldstraße`,
  cities: list`Berlin|Hamburg|München|Köln|Görlitz|Lübeck|Würzburg|Gießen|Halle (Saale)|Rostock|
    Frankfurt am Main|Jena|Ulm|Tübingen|Kempten (Allgäu)|Bad Füssing|Emden|Celle|Trier|Zwickau`,
  states: list`Bayern|Baden-Württemberg|Hessen|Thüringen|Sachsen|Schleswig-Holstein|Saarland|
    Mecklenburg-Vorpommern`,
};

/** Denmark; some cities end in a space. */
export const DK: Lists = {
  female: list`Freja|Signe|Mathilde|Astrid|Sofie|Karla|Laura|Maja|Josefine|Ellen|Ida|Clara|Sille|
    Liva|Gry|Andrea|Caroline|Rosa|Merle|Filippa`,
  male: list`Mads|Søren|Rasmus|Anton|Magnus|Bjørn|Villads|Storm|Emil|Oliver|Malthe|Gustav|Kåre|
    Nikolaj|Elias|Victor|Asger|Tobias|Lauge|Jeppe`,
  stems: list`An|Chri|Han|Jen|Jo|Kri|Lar|Mad|Mor|Nie|Ol|Paul|Pe|Ras|Søren|Tho|Østr|Ny|Bech|Krag|
    Lund|Møll|Holm|Kjær|Skov|Vest|Bak|Dal|Friis|Bro`,
  endings: list`sen|gaard|skov|strup|holm|dal|bjerg|toft|lund|borg|drup|kilde|høj|mark|vig`,
  streets: list`Strandvejen|Nørregade|Østervangsvej|Skovbrynet|Rådhuspladsen|Møllevej|Kirkestien|
    Fasanvænget|Havnegade|Ærøvej|Bøgevej|Stationsvej|Vestergade|Birkealle|Søndergade`,
  cities: list`Aarhus|Odense|Aalborg|Esbjerg|Ribe|Skagen|Køge|Holbæk|Rønne|Sønder Stenderup|
    Kongsvinger |Saltum |Lemvig|Sandved|Brøndby|Tølløse|Ishøj|Vejle|Nykøbing F|Hadsten`,
  states: list`Hovedstaden|Midtjylland|Nordjylland|Sjælland|Syddanmark|Danmark|Bornholm|Fyn`,
};

/** Finland; state names are English, as in the API. */
export const FI: Lists = {
  female: list`Aino|Helmi|Kerttu|Lumi|Oona|Päivi|Siiri|Tuuli|Venla|Äänis|Eevi|Iida|Minttu|Pihla|
    Sanni|Vilma|Kaisa|Elli|Onerva|Aada`,
  male: list`Väinö|Eetu|Jussi|Kalle|Lauri|Mikko|Niilo|Onni|Paavo|Sampo|Topi|Urho|Veeti|Arttu|Eino|
    Joona|Oskari|Pekka|Tuomas|Leevi`,
  stems: list`Ala|Haka|Hei|Honka|Jär|Kallio|Kos|Kota|Lai|Leh|Mäke|Niemi|Ojan|Palo|Pelto|Ranta|Saa|
    Salo|Tam|Tuomi|Vaa|Vir|Ylä|Ahva|Hirvi|Ket|Lampi|Myl|Rauta|Suo`,
  endings: list`nen|la|lä|niemi|järvi|mäki|salo|ranta|lahti|koski|maa|kangas|virta|aho|vaara`,
  streets: list`Mannerheimintie|Hämeentie|Aleksanterinkatu|Puistokatu|Itsenäisyydenkatu|
    Myllypuronkatu|Tehtaankatu|Pyynikintie|Rautatienkatu|Satakennankatu|Suvantokatu|Otavalankatu|
    Korkeavuorenkatu|Visiokatu|Esplanadi`,
  cities: list`Helsinki|Espoo|Tampere|Oulu|Turku|Jyväskylä|Lahti|Kuopio|Pori|Joensuu|Rovaniemi|
    Seinäjoki|Mikkeli|Hämeenlinna|Inari|Utsjoki|Kökar|Myrskylä|Pedersören kunta|Äänekoski`,
  states: list`Uusimaa|Pirkanmaa|Lapland|Kainuu|Northern Savonia|Central Finland|Åland|
    Southern Ostrobothnia`,
};

/** Netherlands: prefixes, a leading apostrophe. */
export const NL: Lists = {
  female: list`Anouk|Fenna|Griet|Hanneke|Ilse|Jet|Katelijne|Lotte|Maartje|Noor|Pleun|Roos|Sanne|
    Tess|Willemijn|Yara|Zoë|Chaïma|Dieuwertje|Eva`,
  male: list`Sjoerd|Bram|Daan|Floris|Gijs|Hidde|Jelle|Koen|Luuk|Maarten|Niek|Pim|Ruben|Stijn|Thijs|
    Wouter|Youssef|Ezra|Coen|Guus`,
  stems: list`Van der Hol|Van de Vel|De Bo|Den Har|'t Har|Ten Broe|Van 't Ho|Ter Wes|Kui|Bak|Dij|
    Hoog|Jan|Kram|Lin|Meu|Noord|Ooster|Peu|Rie|Schip|Timmer|Uit|Veld|Wit|Zand|Berk|Brou|Groen|Vis`,
  endings: list`sloot|huis|kamp|man|stra|sema|dijk|berg|meijer|burg|hoek|water|veen|laar|zen`,
  streets: list`Dorpsstraat|Prinsengracht|Molenweg|Kerkplein|Burgemeester Vosstraat|Sint Jansdijk|
    Beatrixlaan|Het Hofje|Oude Haven|Zandpad|Tulpenhof|Wilgenkade|IJsvogel|Lange Wal|Noordsingel`,
  cities: list`Amsterdam|Utrecht|'s-Hertogenbosch|'s-Gravenhage|Groningen|Assen|Zwolle|Goes|Venlo|
    Bergen op Zoom|Sint Nicolaasga|Echt|Ter Apel|IJmuiden|Hoek van Holland|Oost-Souburg|Elst Ut|
    Katwijk aan Zee|Lelystad|Nes Ameland`,
  states: list`Noord-Holland|Zuid-Holland|Zeeland|Friesland|Drenthe|Limburg|Gelderland|Flevoland`,
};

/** Norway. */
export const NO: Lists = {
  female: list`Ingrid|Solveig|Åse|Marit|Tuva|Sunniva|Ragnhild|Live|Amalie|Bertine|Eline|Frøya|
    Hedda|Iben|Jenny|Kaja|Liv|Mathea|Oda|Vår`,
  male: list`Håkon|Øyvind|Sverre|Leif|Bjørnar|Eirik|Gunnar|Halvor|Jostein|Ketil|Lars|Magne|Odin|
    Peder|Roald|Sindre|Torbjørn|Ulrik|Vegard|Åsmund`,
  stems: list`Aas|Berg|Brekk|Dahl|Eid|Fjell|Fos|Grøn|Hag|Haug|Jør|Klep|Lang|Lie|Moe|Nes|Ødeg|Rød|
    Sand|Skog|Sol|Strand|Svar|Tange|Tveit|Ul|Vik|Øst|Myhr|Hel`,
  endings: list`stad|land|vik|heim|rud|set|hus|lien|nes|moen|dal|vold|haug|bø|aas`,
  streets: list`Karl Johans gate|Storgata|Fjordveien|Skøyen allé|Bjørnstjerne vei|Urtegata|
    Bakkeveien|Kirkegata|Ole Lie's vei|Elgfaret|Skogstien|Nordåsveien|Sørlia|Tyttebærstien|Ålesgata`,
  cities: list`Oslo|Bergen|Trondheim|Tromsø|Bodø|Ålesund|Røros|Å i Lofoten|Hammerfest|Førde|Molde|
    Mo i Rana|Voss|Geilo|Drøbak|Stavanger|Sandøya|Vardø|Halden|Lillehammer`,
  states: list`Oslo|Viken|Rogaland|Nordland|Troms og Finnmark - Romsa ja Finnmárku|Hedmark|
    Sogn og Fjordane|Møre og Romsdal`,
};
