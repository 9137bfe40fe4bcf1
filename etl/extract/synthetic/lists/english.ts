// Synthetic people of countries with mostly English names.
import { list, type Lists } from "./list.ts";

const ENDINGS = list`ford|ton|ley|well|wood|field|man|son|worth|ham|by|more|stone|bridge|combe`;

/** Australia. */
export const AU: Lists = {
  female: list`Matilda|Kylie|Sheila|Bronte|Jarrah|Adelaide|Olivia|Zara|Isla|Ruby|Willow|Tahlia|
    Imogen|Poppy|Sienna|Amber|Skye|Daisy|Gemma|Narelle`,
  male: list`Lachlan|Angus|Bruce|Darcy|Cooper|Hamish|Jack|Flynn|Banjo|Riley|Xavier|Mitchell|Wade|
    Brett|Trent|Callum|Beau|Noah|Kieran|Archer`,
  stems: list`Ash|Bal|Camp|Dun|Ed|Fair|Gal|Har|In|Jar|Kel|Lang|Mor|New|Oak|Pad|Quin|Rad|Sun|Tur|
    Und|Ver|Wal|Yar|Bris|Clay|Dar|Ever|Fox|Gold`,
  endings: ENDINGS,
  streets: list`Wattle St|Banksia Rd|W 7th St|Harbour Dr|Railway Pde|Kookaburra Ln|Queen St|
    Mill Rd|Ocean Ave|Gum Tree Ct|Station Rd|Cliff Dr|Cedar St|Reef Way|Dogwood Ave`,
  cities: list`Sydney|Melbourne|Brisbane|Perth|Adelaide|Hobart|Darwin|Canberra|Cairns|Geelong|
    Ballarat|Bendigo|Mackay|Toowoomba|Albury|Bunbury|Dubbo|Tamworth|Mildura|Warrnambool`,
  states: list`New South Wales|Victoria|Queensland|Western Australia|South Australia|Tasmania|
    Northern Territory|Australian Capital Territory`,
};

/** Canada: English and French. */
export const CA: Lists = {
  female: list`Amélie|Florence|Rosalie|Maya|Hannah|Brielle|Chloé|Paisley|Juliette|Avery|Madelyn|
    Camille|Zoé|Ellie|Noémie|Harper|Lily|Margot|Sadie|Delphine`,
  male: list`Étienne|Liam|Tristan|Wyatt|Olivier|Logan|Benoît|Félix|Nathan|Hudson|Thomas|Gabriel|
    Carter|Jérémy|Owen|Simon|Antoine|Beckett|Émile|Levi`,
  stems: list`Beau|Mac|Tremb|Gagn|Lav|Clar|Mart|Chan|Bouch|Camp|Tail|Pel|Rob|And|Morr|Wils|Thom|
    St. Lau|Bert|Dub|Fort|Gir|Harr|Kow|Leb|Mich|Nad|Ouel|Poir|Roy`,
  endings: list`in|on|er|ard|ay|eau|ette|ley|ston|ois|ault|erson|lay|ier|ell`,
  streets: list`Maple Ave|Concession Road 9|Lake Rd|Rue des Érables|Dundas St|College Ave|
    Arctic Way|Frederick Ave|20th Ave|Queen St|Duke St|Birch Ln|Tecumseh Rd|St. Clair Ln|Bay St`,
  cities: list`Toronto|Montréal|Vancouver|Calgary|Ottawa|Edmonton|Winnipeg|Halifax|Victoria|Regina|
    Saskatoon|Trois-Rivières|St. Catharines|Kelowna|Sudbury|Gander|Whitehorse|Iqaluit|Lloydminster|
    St.-Jérôme`,
  states: list`Ontario|Québec|British Columbia|Alberta|Manitoba|Nova Scotia|New Brunswick|Yukon`,
};

/** Great Britain. */
export const GB: Lists = {
  female: list`Charlotte|Phoebe|Harriet|Beatrice|Millie|Eleanor|Rhiannon|Fiona|Agnes|Catrin|Nia|
    Florence|Jessica|Gillian|Maisie|Edith|Lorraine|Una|Winifred|Heather`,
  male: list`Alfie|Rhys|Duncan|Nigel|Alistair|Gareth|Oscar|Toby|Reginald|Ewan|Clive|Barnaby|Owen|
    Hector|Stanley|Gethin|Rory|Cecil|Edmund|Jasper`,
  stems: list`Bar|Black|Brad|Carl|Chad|Cran|Den|East|Fen|Glad|Hal|Hart|Ked|Lin|Mar|Nor|Ock|Pem|Rip|
    Sal|Shel|Stan|Thorn|Up|Wel|West|Whit|Win|Wy|Ax`,
  endings: ENDINGS,
  streets: list`High Street|Church Lane|Victoria Road|Mill Lane|The Crescent|Park Road|King's Road|
    Station Road|The Green|Queensway|Chapel Street|North Road|Grange Road|Albert Road|Manor Close`,
  cities: list`London|Leeds|Cardiff|Glasgow|Belfast|Bath|York|Truro|Derby|Swansea|Inverness|Lisburn|
    Ely|Kingston upon Hull|St Davids|Stoke-on-Trent|Perth|Newry|Durham|Wells`,
  states: list`West Yorkshire|Cornwall|Gwynedd County|Highlands and Islands|County Down|Kent|
    Tyne and Wear|Rutland`,
};

/** Ireland. */
export const IE: Lists = {
  female: list`Aoife|Niamh|Saoirse|Ciara|Róisín|Gráinne|Orla|Sinéad|Maeve|Clodagh|Deirdre|Bríd|
    Eimear|Aisling|Nuala|Siobhán|Fionnuala|Muireann|Caoimhe|Una`,
  male: list`Cillian|Oisín|Padraig|Seán|Conor|Declan|Fionn|Eoin|Cormac|Diarmuid|Tadhg|Ruairí|Donal|
    Brendan|Ciarán|Lorcan|Niall|Colm|Eamon|Fergal`,
  stems: list`O'Bre|O'Don|O'Sul|O'Mal|O'Rei|Mac Car|McGui|McCal|Fitz|Ken|Mur|Gal|Bra|Dol|Far|Hea|
    Kea|Lan|Moo|Nol|Qui|Roo|Shee|Tier|Walsh|Cas|Dun|Fla|Ger|Hog`,
  endings: list`nan|ly|lan|ney|ghan|rigan|ran|gher|by|van|don|rty|key|sey|gan`,
  streets: list`O'Connell Street|Dublin Road|The Quay|Patrick Street|Mill Road|Strand Road|
    Church Road|The Avenue|Sea View|Harbour Lane|Denis's Row|Abbey Street|Bog Road|New Street|
    Henry Street`,
  cities: list`Dublin|Cork|Galway|Limerick|Waterford|Sligo|Kilkenny|Tralee|Ennis|Dún Laoghaire|
    Athlone|Clane|Cobh|Westport|Letterkenny|New Ross|Wexford|Naas|Swords|Tuam`,
  states: list`Kerry|Mayo|Offaly|Donegal|Wicklow|Leitrim|Dublin City|South Dublin`,
};

/** New Zealand. */
export const NZ: Lists = {
  female: list`Aria|Maia|Ngaio|Aroha|Hine|Anahera|Bella|Mila|Indie|Paige|Georgia|Hazel|Tui|Sophie|
    Layla|Mereana|Stella|Eden|Keira|Piper`,
  male: list`Nikau|Tane|Wiremu|Manaia|Hunter|Jayden|Ryder|Blake|Mason|Kahu|Rawiri|Toby|Elijah|
    Corbin|Leo|Arlo|Tamati|Zac|Harvey|Ashton`,
  stems: list`Ash|Brook|Clif|Dal|Elm|Fern|Glen|Had|Ivel|Kai|Lock|Mead|Nether|Or|Pax|Rose|Sea|Til|
    Ul|Vin|Wan|Wes|Kin|Kau|Hol|Haw|Ed|Cop|Bay|Al`,
  endings: ENDINGS,
  streets: list`Kōwhai Street|Rātā Road|Pukeko Lane|Esplanade|Harbour View Road|Māori Hill|
    Coronation Avenue|Main Road|Beach Road|Pohutukawa Drive|Victoria Street|Tūī Crescent|
    State Highway 6|Ferry Road|Lake Terrace`,
  cities: list`Auckland|Wellington|Christchurch|Dunedin|Hamilton|Tauranga|Napier|Nelson|Whanganui|
    Rotorua|Taupo|Timaru|Invercargill|Gisborne|Hastings|Porirua|Whangarei|Lower Hutt|Blenheim|
    Greymouth`,
  states: list`Otago|Canterbury|Waikato|Bay of Plenty|Hawke's Bay|Taranaki|Southland|West Coast`,
};

/** United States; one last name in thirty contains two spaces. */
export const US: Lists = {
  female: list`Abigail|Savannah|Dakota|Brooklyn|Nevaeh|Peyton|Jada|Lillie|Irma|Loretta|Yolanda|
    Priscilla|Krista|Mae|Rosemary|Sue|Tamara|Vivan|Wilma|Zoey`,
  male: list`Brandon|Chad|Dwayne|Earl|Floyd|Hank|Jerome|Kyle|Luther|Marshall|Norman|Otis|Randy|
    Travis|Vernon|Wade|Tyrone|Clifton|Darryl|Leroy`,
  stems: list`Ander|Bald|Cal|Del|El|Frank|Green|Hender|Isak|Jeffer|King|Lin|Madi|Nel|Over|Patter|
    Rich|Stef|Thomp|Under|Van  Al|Wash|Young|Zim|Bur|Craw|Dou|Ells|Gar|Hud`,
  endings: ENDINGS,
  streets: list`Main St|Washington Ave|W Sherman Dr|Hickory Creek Dr|E Pecan St|Valley View Ln|
    Oak Lawn Ave|Ranchview Dr|W 6th St|Blossom Hill Rd|Dogwood Dr|Nowlin Rd|Lone Wolf Trl|
    Sunset Blvd|Elm St`,
  cities: list`New York|Los Angeles|Chicago|Houston|Phoenix|Boise|El Paso|Fargo|Tulsa|Omaha|Spokane|
    Salt Lake City|St. Paul|Toledo|Des Moines|Anchorage|Honolulu|Buffalo|Winston-Salem|Macon`,
  states: list`Alabama|Alaska|California|New Mexico|Ohio|Texas|Vermont|West Virginia`,
};
