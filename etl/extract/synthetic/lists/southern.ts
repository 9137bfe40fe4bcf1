// Synthetic people of countries with mostly Romance names.
import { list, type Lists } from "./list.ts";

/** Brazil; street names end in a space. */
export const BR: Lists = {
  female: list`Antônia|Beatriz|Conceição|Dandara|Eloá|Flávia|Graça|Heloísa|Iracema|Jussara|Larissa|
    Luíza|Monã|Nayara|Odete|Raíssa|Sônia|Thaís|Valquíria|Yasmin`,
  male: list`Adão|Benício|Caetano|Danilo|Emílio|Fábio|Gérson|Heitor|Ítalo|João|Leônidas|Márcio|
    Nélson|Osório|Raul|Sebastião|Tomé|Ubirajara|Valdir|Zé`,
  stems: list`da Ro|da Cos|de Ara|de Mor|dos San|das Ne|Alv|Bar|Car|Dua|Fer|Gon|Lim|Mac|Nog|Oliv|
    Per|Ram|Sal|Tei|Vei|Xav|Cas|Fog|Gui|Jar|Mel|Nun|Pin|Vi`,
  endings: list`eira|es|oso|inho|ado|ral|dão|ão|ques|valho|ares|ana|cedo|ela|ima`,
  streets: list`Rua das Flores |Rua São João |Avenida Brasil |Rua Sete de Setembro |
    Travessa da Paz |Rua Dom Pedro Ii |Rua Mato Grosso |Rua Tiradentes |Avenida da Saudade |
    Rua Piauí |Rua Quinze de Novembro |Rua Santa Rita |Rua Castro Alves |Rua Bela Vista |Rua Onze `,
  cities: list`São Paulo|Rio de Janeiro|Salvador|Fortaleza|Belo Horizonte|Manaus|Curitiba|Recife|
    Goiânia|Belém|Porto Alegre|São Luís|Maceió|Natal|Campo Grande|Jaboatão dos Guararapes|Osasco|
    Ribeirão Preto|Cuiabá|Macapá`,
  states: list`São Paulo|Bahia|Amazonas|Paraná|Goiás|Acre|Rio Grande do Norte|Espírito Santo`,
};

/** Switzerland: German, French and Italian. */
export const CH: Lists = {
  female:
    list`Annelies|Bettina|Céline|Dorli|Elodie|Francesca|Giulia|Heidi|Ines|Joëlle|Kathrin|Livia|
    Mirjam|Noëlle|Regula|Sandrine|Ursina|Valérie|Vreni|Zita`,
  male: list`Beat|Christophe|Dario|Emanuel|Flurin|Gion|Hansruedi|Jérôme|Kilian|Luca|Matthias|
    Noé|Pascal|Reto|Sandro|Thierry|Ueli|Urs|Werner|Yves`,
  stems: list`Aebi|Bau|Bernas|Brun|Caval|Dela|Egg|Fav|Gass|Hof|Imbo|Jacc|Kel|Lanz|Mou|Nuss|Oder|
    Pere|Rick|Roch|Schu|Stei|Tre|Vuill|Wid|Zim|Zur|Ber|Fon|Gri`,
  endings: list`mann|mer|li|oni|ard|at|ez|ler|matt|egger|etti|in|oud|ni|rod`,
  streets: list`Bahnhofstrasse|Rue du Stand|Via Nassa|Chemin des Vignes|Rue de l'Abbaye|Dorfgasse|
    Place de la Gare|Rue D'Abbeville|Seestrasse|Quai du Lac|Impasse du 1 Août 1291|Via Ticino|
    Alpenweg|Rue Haute|Esplanade du Rhône`,
  cities: list`Zürich|Genève|Basel|Lausanne|Bern|Lugano|Chur|Sion|La Chaux-de-Fonds|Neuchâtel|
    Disentis/Mustér|St. Gallen|Delémont|Val-d'Illiez|Biel/Bienne|Môtier (Vully)|Küsnacht (Zh)|Airolo|
    Zug|Étagnières`,
  states: list`Zürich|Vaud|Ticino|Graubünden|Valais|Genève|Appenzell Innerrhoden|Jura`,
};

/** Spain. */
export const ES: Lists = {
  female: list`Ainhoa|Begoña|Consuelo|Dolores|Encarnación|Fátima|Gemma|Inés|Jimena|Lourdes|Maite|
    Nuria|Olalla|Pilar|Rocío|Sagrario|Teresa|Vega|Yolanda|Ángela`,
  male: list`Álvaro|Borja|César|Diego|Esteban|Fermín|Gonzalo|Hugo|Iñaki|Joaquín|Luis|Máximo|Nicolás|
    Óscar|Pablo|Ramón|Sergio|Tomás|Víctor|Xavier`,
  stems: list`Alon|Bal|Ca|Del|Esc|Fuen|Gar|Her|Ib|Jim|Lor|Mar|Nav|Or|Pas|Qui|Rod|San|Tor|Ur|Val|Ve|
    Yag|Zam|Mon|Muñ|Peñ|Igl|Gue|Cor`,
  endings: list`ez|ado|ero|ana|eda|illo|oz|uela|anco|ana|ués|ía|endi|ales|orra`,
  streets: list`Calle Mayor|Calle de Alcalá|Gran Vía|Paseo del Prado|Avenida de América|
    Ronda de Atocha|Calle del Pez|Plaza de España|Calle de la Luna|Avenida de Castilla|Calle Nueva|
    Camino Viejo|Calle de Segovia|Paseo Marítimo|Travesía del Río`,
  cities: list`Madrid|Barcelona|Sevilla|Málaga|Bilbao|Murcia|Vigo|Gijón|Cádiz|Lérida|Jaén|Orihuela|
    Las Palmas de Gran Canaria|San Sebastián de Los Reyes|Elche|Mérida|Logroño|Ávila|Ceuta|Torrente`,
  states: list`Andalucía|Aragón|Cataluña|País Vasco|Galicia|Castilla la Mancha|Islas Baleares|
    Comunidad Valenciana`,
};

/** France. */
export const FR: Lists = {
  female:
    list`Apolline|Bérénice|Capucine|Daphné|Éloïse|Faustine|Garance|Héloïse|Inès|Jeanne|Ludivine|
    Maëlys|Océane|Pauline|Romane|Solène|Thaïs|Victoire|Anaëlle|Zélie`,
  male:
    list`Aurélien|Bastien|Côme|Dorian|Edgar|François|Gaspard|Hippolyte|Ilan|Jean-Luc|Kylian|Loïc|
    Marius|Noël|Pierre|Rémi|Sacha|Théo|Ulysse|Yann`,
  stems: list`Bar|Ber|Bla|Cha|Cle|Du|Fau|Gau|Ger|Hub|Jac|La|Le Ro|Lem|Mer|Mor|Nic|Oli|Per|Phi|Ren|
    Rob|Rou|Sal|Sim|Tho|Vas|Vid|Vin|Mar`,
  endings: list`nier|bert|cher|din|geau|let|mont|pont|quet|rand|seur|tier|villard|vert|zac`,
  streets: list`Rue de la Paix|Avenue Foch|Rue de l'Église|Place du 8 Février 1962|Quai Charles|
    Rue Bossuet|Rue des Cuirassiers|Boulevard Hugo|Rue Pasteur|Allée du Château|Rue d'Amiens|
    Impasse du Puits|Cours Mirabeau|Rue du Bât-d'Argent|Montée Saint-Just`,
  cities:
    list`Paris|Lyon|Marseille|Lille|Brest|Nîmes|Saint-Étienne|Le Havre|Aix-en-Provence|Orléans|
    Fort-de-France|Besançon|Mulhouse|Vitry-sur-Seine|Amiens|Asnières-sur-Seine|Pau|Metz|Angers|Dijon`,
  states: list`Côte-d'Or|Val-d'Oise|Finistère|Gironde|Guyane|Haute-Savoie|Corrèze|Paris`,
};

/** Mexico; a first name ends in a point, so that some e-mail addresses have two in a row. */
export const MX: Lists = {
  female: list`Alondra|Blanca|Citlali|Dulce|Esperanza|Guadalupe|Itzel|Jacinta|Lupita|María Ma.|
    Nayeli|Ofelia|Perla|Ramona|Socorro|Trinidad|Úrsula|Verónica|Xóchitl|Yesenia`,
  male: list`Abelardo|Bernabé|Cuauhtémoc|Donato|Eusebio|Facundo|Gilberto|Hilario|Isidro|Jacobo|
    Leopoldo|Moisés|Nahuel|Octavio|Plácido|Refugio|Salvador|Teodoro|Ulises|Zacarías`,
  stems: list`Agu|Ban|Ced|Dom|Es|Far|Gal|Hin|Iba|Jai|Lug|Mald|Mon|Nar|Och|Ped|Quin|Ren|Sal|Tre|Uri|
    Vald|Yañ|Zep|Arr|Bust|Cab|Gua|Men|Orn`,
  endings: list`ilar|uelos|illo|ínez|arza|ojosa|aga|ario|ayor|ejo|erón|iola|ández|egas|oya`,
  streets: list`Calle Hidalgo|Avenida Juárez|Calzada Norte Madero|Privada Morelos|Boulevard Reforma|
    Andador Zapata|Prolongación Tlaxcala|Cerrada Oaxaca|Circuito Querétaro|Callejón Jalapeño|
    Continuación Yucatán|Viaducto Sur Rosas|Ampliación Nayarit|Retorno Colima|Eje Vial Peña`,
  cities:
    list`Guadalajara|Monterrey|Puebla|Tijuana|Mérida|Oaxaca|Mexicaltzingo|Tuxtla Gutiérrez|León|
    San Cristóbal de las Casas|Tapachula|Contepec|Culiacán|Zacatecas|Ixtapa|Ciénega de Zimatlán|Tepic|
    Chihuahua|Xalapa|Campeche`,
  states:
    list`Jalisco|Nuevo León|Michoacán|Veracruz|Yucatán|Estado de México|San Luis Potosí|Colima`,
};
