// Synthetic people of eastern Europe and Asia.
import { list, type Lists } from "./list.ts";

/** India. */
export const IN: Lists = {
  female: list`Aadhya|Bhavna|Chitra|Deepika|Esha|Gauri|Hema|Ishita|Jaya|Kavya|Lakshmi|Meera|Nandini|
    Oviya|Priya|Riddhi|Sneha|Tara|Urmila|Vidya`,
  male: list`Aarav|Bhaskar|Chetan|Dhruv|Eknath|Girish|Harsh|Ishaan|Jayesh|Kiran|Lokesh|Manoj|Naveen|
    Omkaar|Pranav|Rohan|Suresh|Tejas|Uday|Vikram`,
  stems: list`Ach|Ban|Bha|Chau|Das|Desh|Gai|Gan|Hed|Jos|Kam|Kar|Kul|Mal|Man|Meh|Nai|Nam|Pad|Pra|Rai|
    Sal|Shet|Sri|Tal|Uch|Vad|Ven|Yad|Suv`,
  endings: list`kar|rya|ti|wal|appa|pande|gupta|deshi|nik|mukh|raj|ndra|hira|aiah|ana`,
  streets: list`Mahatma Gandhi Rd|Station Rd|NAD X Rd|Brigade Rd|Tank Bund Rd|Park St|Linking Rd|
    Chandni Chowk|Lake View Rd|Temple St|Sardar Patel Rd|Mall Rd|Netaji Marg|Anna Salai|Fort Rd`,
  cities: list`Mumbai|Delhi|Chennai|Kolkata|Pune|Jaipur|Lucknow|Kanpur|Nagpur|Indore|Bhopal|Patna|
    Vadodara|Agra|Nashik|Rajkot|Giridih|Thiruvananthapuram|Dehradun|Imphal`,
  states: list`Kerala|Tamil Nadu|Gujarat|Punjab|Assam|Bihar|Andaman and Nicobar Islands|Goa`,
};

/** Iran: Arabic script, zero-width non-joiners, Arabic and Persian forms of the letters ك and ي. */
export const IR: Lists = {
  female: list`آوا|الینا|باران|پریا|ترانه|درسا|راضیه|زهرا|سارا|شهرزاد|عسل|فاطمه|کیانا|گیسو|لیلا|مهسا|
    نازنین|نگین|هستی|یلدا`,
  male:
    list`آرمان|امیرعلی|بهرام|پارسا|حسین|دانیال|رضا|سامان|سهیل|عرفان|علی|کوروش|کیان|ماهان|محمدرضا|
    مهدی|نیما|هومن|یاشار|یونس`,
  stems:
    list`احمد|اکبر|باقر|بهار|جعفر|حسن|حیدر|رستم|رضا|زمان|سلطان|شریف|صدر|طاهر|عباس|علی|فرهاد|قاسم|
    کاظم|کریم|كامر|گل|محمد|مراد|موسو|نجا|نظر|نکو|هاشم|یزد`,
  endings: list`ی|ي|پور|زاده|\u200cزاده|نیا|ی\u200cنژاد|یان|فر|وند|ی\u200cفرد|دوست|لو|خانی|منش`,
  streets:
    list`شهید باهنر|سهروردی|ولیعصر|آزادی|پارک دانشجو|شهید بهشتی|میدان امام\u200cخمینی|خیابان سعدی|
    پاسداران|کوچه گلستان|جمهوری|نبرد جنوبی|آیت\u200cالله کاشانی|فلاحی|سمیه`,
  cities:
    list`تهران|مشهد|اصفهان|شیراز|تبریز|کرج|قم|اهواز|کرمانشاه|رشت|زاهدان|همدان|یزد|اردبیل|کاشان|
    خرم\u200cآباد|نجف\u200cآباد|خمینی\u200cشهر|بجنورد|ورامین`,
  states: list`تهران|فارس|گیلان|کرمان|خراسان جنوبی|آذربایجان شرقی|کهگیلویه و بویراحمد|هرمزگان`,
};

/** Serbia: Latin letters, sometimes a Cyrillic one; some street names end in a space. */
export const RS: Lists = {
  female: list`Anđela|Branka|Cveta|Dušanka|Đurđa|Emilija|Gordana|Iva|Jelena|Katarina|Ljubica|Milica|
    Nevena|Olga|Rada|Snežana|Tijana|Vesna|Zorica|Živka`,
  male: list`Aleksandar|Boško|Čedomir|Dragan|Đorđe|Filip|Goran|Ilija|Jovan|Kosta|Luka|Miloš|Nemanja|
    Ognjen|Petar|Radiša|Strahinja|Vidoje|Zoran|Žarko`,
  stems: list`Ant|Bog|Bran|Cvet|Dim|Drag|Đord|Gavr|Ivan|Jank|Jov|Kost|Laz|Mark|Mil|Nik|Obr|Pav|Pet|
    Rad|Sav|Stan|Stev|Teod|Tod|Vas|Vuk|Zdr|Živ|Šar`,
  endings: list`ić|ović|anović|ojević|ević|ašin|ić-Pop|inac|ković|ušić|lić|ski|ača|ulović|enić`,
  streets: list`Bulevar oslobođenja|Kneza Miloša|Cara Dušana |Vojvode Stepe|Đorđa Vajferta|
    Kralja Petra |Svetosavska|BosilЈke Janić|Nikole Pašića|Solunskih dobrovoljaca |Školska|Žička|
    Stevana Mokranjca|Ulica lipa|Čačanska`,
  cities: list`Beograd|Novi Sad|Niš|Kragujevac|Subotica|Čačak|Užice|Šabac|Valjevo|Požarevac|
    Bačka Topola|Žagubica|Vršac|Zrenjanin|Leskovac|Aranđelovac|Kuršumlija|Ćuprija|Sjenica|Bor`,
  states: list`Šumadija|Kolubara|Zlatibor|Srem|Južna Bačka|Mačva|Pčinja|Nišava`,
};

/** Turkey: dotted and dotless i. */
export const TR: Lists = {
  female:
    list`Ayşe|Büşra|Çiğdem|Deniz|Ebru|Fadime|Gül|Hatice|Işıl|İpek|Kübra|Leyla|Müjde|Nazlı|Özge|
    Pınar|Rüya|Şule|Tuğba|Ümran`,
  male: list`Ağah|Barış|Cemal|Çağlar|Doğan|Efe|Ferhat|Gökhan|Hüseyin|İbrahim|Kağan|Levent|Mert|Nuri|
    Oğuz|Önder|Rıza|Şükrü|Tolga|Yiğit`,
  stems: list`Ak|Al|Arı|Ay|Bal|Boz|Çak|Çel|Demir|Dur|Er|Gök|Gül|Ilı|Kap|Kara|Kılıç|Koç|Kut|Öz|Sarı|
    Şen|Taş|Tek|Tun|Uç|Ülk|Yal|Yıl|Yeşil`,
  endings: list`oğlu|kaya|taş|man|bulut|soy|er|can|ik|türk|doğan|bay|gil|cı|su`,
  streets: list`Atatürk Sk|İstiklal Cd|Bağdat Cd|Mevlana Cd|Tunalı Hilmi Cd|Kushimoto Sk|Abanoz Sk|
    Necatibey Cd|Fatih Sultan Mehmet Cd|Kışla Sk|Maçka Cd|Anafartalar Cd|Filistin Cd|Şehitler Cd|
    Çay Sk`,
  cities:
    list`İstanbul|Ankara|İzmir|Bursa|Adana|Konya|Diyarbakır|Şanlıurfa|Kırıkkale|Tekirdağ|Iğdır|
    Hakkâri|Muğla|Çanakkale|Ağrı|Niğde|Sivas|Trabzon|Uşak|Van`,
  states: list`Bayburt|Ordu|Kırklareli|Eskişehir|Gümüşhane|İçel|Kahramanmaraş|Bitlis`,
};

/** Ukraine: Cyrillic and transcribed names, both with apostrophes. */
export const UA: Lists = {
  female: list`Мар'яна|Оксана|Соломія|Зоряна|Любов|Ганна|Їванна|Ярослава|Богдана|Єфросинія|Дарина|
    Христина|Mar'yana|Virineya|Kalina|Ustina|Svyatoslava|Zhanna|Feodosiya|Lesya`,
  male: list`Лук'ян|Остап|Тарас|Григорій|Дем'ян|Юхим|Святослав|Їржи|Щек|Андрій|Богдан|Євген|Luk'yan|
    Vsevolod|Yevgen|Ostap|Zahar|Shchek|Por'firiy|Hrihoriy`,
  stems:
    list`Бойч|Вернид|Гайдам|Довб|Жук|Захар|Іван|Кобз|Лисен|Мельн|Нечай|Орл|П'ят|Рев'|Сидор|Ткач|
    Хмар|Цимб|Чорн|Шевч|Яреш|Бонд|Дерев'ян|Гор|Кож|Луб|Поп|Сав|Щерб|Юрч`,
  endings: list`енко|ук|ський|ко|ик|юк|ишин|ака|унь|ець|ило|ур|ич|иця|ай`,
  streets: list`Вулиця Шевченка|Хрещатик|Проспект Перемоги|Соборна|Вулиця Лесі Українки|Набережна|
    Провулок Зв'язківців|Pravoberezhna|Gogolya|Kornyakta|Ivana Bogguna|P'yatogo kvitnya|Sadova|
    Zaliznichna|Vulicya 8 Bereznya`,
  cities:
    list`Київ|Львів|Одеса|Харків|Дніпро|Запоріжжя|Чернівці|Кам'янець-Подільський|Слов'янськ|Луцьк|
    Boyarka|Dolina|Inkerman|Rava-Ruska|Mar'yinka|Yasinuvata|Truskavec|Zolochiv|Bar|Uzhgorod`,
  states: list`Волинська|Київська|Львівська|Полтавська|Chernivecka|Ternopilska|Dnipropetrovska|
    Mikolayivska`,
};
