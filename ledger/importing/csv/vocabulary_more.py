"""What banks call the columns that say what a row was, and those that say nothing of use here."""

from __future__ import annotations

DESCRIPTION = """
label; description; details; particulars; narrative; narration; memo; transaction details;
transaction description; remarks; transaction remarks; message; statement description; extended details;
payment details; additional information; payment purpose; information; description 1; description 2; description1;
description2; original description; item; remittance information; unstructured remittance; additional details;
line description; text; details of transaction; transaction narration; purpose; appears on your statement as;
transaction; activity; entry; narrative 1; narrative 2; narrative 3; code description; payment description;
comment on statement; analysis; long description; extra information; transaction memo; subject; item title;
~
keterangan; uraian; noi dung; dien giai; รายการ;
otsikko;
libelles; libelle mouvement; details du mouvement; 적요; 내용; 거래내용; деталі операції; опис; призначення платежу;
verwendungszweck; beschreibung; buchungsdetails; details; vorgang; buchungsinformation; zahlungsdetails; mitteilung;
zahlungsgrund; beschreibung 1; beschreibung 2; beschreibung 3; verwendungszweck 1; verwendungszweck 2; zweck;
verwendung; betreff; bezeichnung; umsatzbeschreibung; zahlungsreferenz text; avisierungstext; bemerkung;
transaktionsbeschreibung; buchungsangaben; zahlungszweck; hinweis; text; informationen; beschreibung1; beschreibung2;
beschreibung3; umsatztext; transaktionsdetails; unterkategorie text; libelle; communication; detail;
libelle operation; libelle de l operation; description; libelle complet; informations complementaires;
detail de l operation; libelle simplifie; motif; intitule; designation; nature de l operation libelle; communications;
libelle court; infos; description de la transaction; message; mention; concepto; descripcion; observaciones; detalle;
mas datos; glosa; movimiento; concepto ampliado; descripcion del movimiento; informacion adicional; mas informacion;
leyenda; referencia concepto; detalle movimiento; descripcion operacion; concepto observaciones; comentario banco;
detalle de la operacion; descrizione; causale descrizione; dettagli; descrizione operazione; operazione;
causale descrittiva; dettaglio; descrizione estesa; descrizione completa; oggetto; messaggio; descricao; historico;
descritivo; lancamento; detalhes; descricao da operacao; detalhe; descricao do movimento; observacao; observacoes;
identificacao; mensagem; titulo; omschrijving; mededelingen; mededeling; omschrijving 1; omschrijving 2;
omschrijving 3; details; beschrijving; vrije mededeling; detail; omschrijving transactie;
betalingskenmerk omschrijving; gestructureerde mededeling; kennisgeving; omschrijving1; opis; opis operacji; tytul;
tytul operacji; szczegoly; tytul przelewu; opis transakcji; tytulem; szczegoly transakcji; popis; zprava pro prijemce;
poznamka k platbe; popis transakce; detail transakce; zprava; popis operace; detaily; informacia pre prijemcu;
sprava pre prijemcu; popis pohybu; zprava prijemci; misto; misto operacji; poznamka pro mne; text; beskrivning;
rubrik; 入出金内容; meddelande; forklaring; beskrivelse; tekst; melding; meddelelse; transaktion; specifikation;
viesti; selite; selitys; tapahtumakuvaus; kuvaus; transaktionstext; besked; betalingsinformasjon; referens text;
posteringstekst; tekst pa kontoudskrift; meddelelse til modtager; melding kid fakt nr; mer informasjon;
undertype tekst; notat fra bank; kozlemeny; leiras; megjegyzes a bankrol; megnevezes; tranzakcio leirasa; reszletek;
aciklama; islem aciklamasi; islem; detay; descriere; detalii; detalii tranzactie; explicatii; detaliile tranzactiei;
περιγραφη; αιτιολογια; tranzakcio; islem detayi; תיאור; תאור; פרטים; תיאור פעולה; הפעולה; תיאור התנועה; פרטי תנועה;
תיאור הפעולה; תאור מורחב; תיאור מורחב; פירוט נוסף; פרוט; פירוט; הערות בנק; אסמכתא תיאור; תנועה; 摘要; 取引内容; 内容;
お取引内容; お取り扱い内容; 適用; 摘要内容; 商品说明; 商品; 交易说明; 交易描述; 说明; 附言; 用途; 取扱内容; 交易摘要;
支払内容; 備考欄; 交易地点; 對方附言; 交易附言; 交易内容; 項目; описание; назначение платежа; 摘要描述; 品名;
"""
KIND = """
transaction type description; payment type; tran type; trans type; transaction type; transaction code description;
type description; kind; method;
payment method; booking type; transaction method; transaction category code; product; bai description;
transaction group;
~
buchungstext; buchungsart; art; umsatztyp; transaktionstyp; vorgangsart; transaktionsart; zahlungsart;
geschaftsvorfall; buchungstyp; typ der transaktion; type d operation; type operation; nature; nature de l operation;
type de transaction; type de mouvement; tipo de operacion; tipo operacion; tipo operazione; tipologia; causale;
tipo transaccion; tipo de operacao; categoria operazione; tipo operacao; concepto comun; mutatiesoort; soort;
type transactie; code omschrijving; transactietype; boekingstype; soort transactie; typ operacji; rodzaj operacji;
typ transakcji; rodzaj transakcji; typ transakce; typ platby; druh operace; typ operace; rodzaj transakcji opis;
druh transakce; typ zauctovani; typ pohybu popis; transaktionstyp; typ av transaktion; transaktionstype;
tapahtumalaji; tapahtuma; laji; type transaksjon; tapahtuman laji; transaksjonstype; tapahtumatyyppi; posteringstype;
undertype;
kirjaustyyppi; bokforingstyp; tipus; tranzakcio tipusa; forgalom tipusa; tranzakcio tipus; islem turu; tur; kanal;
tip tranzactie; τυπος συναλλαγης; islem kanali; סוג פעולה; סוג עסקה; ענף; סוג העסקה; 取引種別; 種別; 交易类型;
交易方式; 业务类型; 支払方法; 支払区分; 交易种类; 交易渠道; тип операции; 取引種類;
"""
REFERENCE = """
payment reference; reference txn id; related transaction id; reference; ref; reference number; ref no; cheque number;
check number;
cheque no; check no; chq no; chq ref no; ref no cheque no; serial; check or slip #; check or slip; check; cheque;
end to end id; customer reference; your reference; end to end reference; reference no; invoice; invoice number; slip;
ref number; payee reference; unique end to end identifier; cheque ref no; ref cheque no; chq ref number;
serial number; payment id reference; chequenumber; instrument id; chq; reference id; chq dd no; instrument no;
cheque details; num;
~
referenz; buchungsreferenz; kundenreferenz; kundenreferenz end to end; end to end referenz; referenznummer;
zahlungsreferenz; kunden referenz; schecknummer; rechnungsnummer; belegnummer; referenznr; end to end id; referenz nr;
reference operation; numero de cheque; n cheque; reference du paiement; reference client; num cheque;
reference de l operation; referencia; num referencia; referencia 1; referencia 2; numero de referencia; n referencia;
numero documento; numero de documento; documento; riferimento; rif; documento no; docto; num documento; numero cheque;
ref 1; ref 2; riferimento cliente; n documento; nro documento; numero doc; n doc; dcto; n cheque;
referencia del movimiento; doc; no de documento; folio; no cheque; kenmerk; betalingskenmerk; referentie;
betaalreferentie; kenmerk eindgebruiker; numer referencyjny klienta; referencje; referencja; referencje wlasne;
variabilni symbol; vs; variabilny symbol; numer czeku; reference platby; referencie; symbol variabilni;
referencia platitela; referens; ocr; referanse; reference; kid; viite; viitenumero; viite viesti;
arkivreferanse kunde; egen reference; egenreferens; kid nummer; referensnummer; ocr nummer; viitteet; bilagsnummer;
bilag; hivatkozas; azonosito hivatkozas; ugyfel referencia; referans; referans no; dekont; dekont no; fis no;
referinta; dekont numarasi; belge no; numar document; αρ επιταγης; fis dekont no; אסמכתא; אסמכתה; מספר אסמכתא;
אסמכתאות; מס אסמכתא; מספר שיק; 伝票番号; 参照番号; 参考号; 凭证号; 商户单号; 商家订单号; 小切手番号; 手形 小切手番号;
номер документа; 凭证号码;
"""
BANK_ID = """
transfer reference;
transaction id; id; fitid; bank id; transaction identifier; unique id; bank reference; transaction number;
transaction no; tran id; txn id; transferwise id; transaction reference; receipt id; transaction ref; uuid;
journal number; journal no; txn ref; account servicer reference; bank ref; trans id; operation id; entry reference;
transaction reference number; txnid; transaction hash; sequence number; arn; utr; rrn; tran no; tid; wise id;
balance transaction id; reference bank; ntry ref; activity id;
~
transaktionscode; transaktionsnummer; umsatz id; transaktions id; bankreferenz; buchungsnummer;
transaktionsreferenz;
umsatznummer; transaktions nr; vorgangs id; bankreferenz nr; transaktions code; sammlerreferenz nr;
numero d operation; id operation; identifiant; reference bancaire; numero operation; id transaccion;
numero de operacion; codigo de transaccion; n operacion; identificador; num operacion; id transazione;
numero operazione; codigo da transacao; id da transacao; nro operacion; numero de transaccion;
identifiant de transaction; n de transaction; no operacion; codigo operacion; clave de rastreo;
cod operacion; codice operazione; identificador transacao; n movimiento; numero movimiento;
n mouvement; volgnr; volgnummer; transactiereferentie; transactie id; transactienummer; uniek volgnummer;
transactie referentie; afschriftnummer volgnummer; volgorde; id transakcji; numer transakcji; numer referencyjny;
nr referencyjny; id operacji; id transakce; id pohybu; cislo transakce; id operace; identifikace transakce;
identifikacia transakcie; id pokynu; numer operacji; nr transakcji; referencja banku; cislo pohybu; id obchodu;
unikatni identifikator; numer referencyjny transakcji; verifikationsnummer; transaktions id; transaksjonsid;
transaktionsid; arkistointitunnus; arkivreferanse; arkiveringsid; arkivref; arkivreferens; transaktionsnummer;
arkistotunnus; numeroreferanse; transaksjonsnummer; verifikation; loepenummer; lobenummer; tranzakcio azonosito;
tranzakcioszam; azonosito; tranzakcio azonositoja; islem no; islem numarasi; islem id; numar tranzactie;
id tranzactie; islem referansi; referinta tranzactie; referinta bancii; tranzakcio sorszama; αρ συναλλαγης;
κωδικος συναλλαγης; מזהה; מזהה תנועה; מספר תנועה; 取引番号; 取引ID; 交易号; 交易流水号; 流水号; 交易单号; 交易订单号;
明細番号; 取引id; 核心流水号; 日志号; 照会番号; お問い合わせ番号; код операции;
"""
CATEGORY = """
category; categories; subcategory; sub category; transaction category; category name; spending category;
merchant category; budget category; expense category; category group;
~
kategorie; unterkategorie; hauptkategorie; branche; categorie; sous categorie; categorie operation; categorie parent;
categoria; subcategoria; sottocategoria; sub categoria; subcategorie; rubriek; kategoria; kategoria operacji;
kategorie transakce; kategori; underkategori; hovedkategori; kategoria nazwa; podkategoria; huvudkategori;
alkategoria; koltesi kategoria; kategorisi; harcama kategorisi; categorie tranzactie; κατηγορια; קטגוריה; カテゴリ;
分類; 大項目; 中項目; 分类; 交易分类; 类别; 類別; категория; luokka; カテゴリー;
"""
TAGS = """
tags; tag; labels; hashtags;
~
schlagworte; schlagwort; stichworter; etiquettes; etiquette; etiquetas; etiqueta; etichette; etykiety; stitky; stitek;
taggar; tagit; cimkek; cimke; etiketler; etiket; תגיות; תגית; タグ; 标签; 標籤; marcadores; markeringen;
"""
NOTES = """
notes; note; user notes; comment; comments; personal note; own notes; customer notes;
~
notiz; notizen; kommentar; kommentare; eigene notiz; anmerkung; anmerkungen; bemerkungen; note personnelle;
commentaire; commentaires; remarque; notas; nota; comentario; comentarios; note personali; annotazioni; commento;
anotacoes; notitie; notities; opmerking; opmerkingen; notatka; notatki; komentarz; komentarze; poznamka;
vlastni poznamka; vlastna poznamka; anteckning; anteckningar; notat; notater; notering; muistiinpano; muistiinpanot;
huomautus; megjegyzes; sajat megjegyzes; not; notlar; nota personal; comentarii; σημειωσεις; komentar; הערות; הערה;
メモ; 備考; 备注; 備註; 備忘; заметка; комментарий; 备忘;
"""
STATUS = """
status; state; transaction status; pending; posting status; booking status; cleared;
~
statut; etat; estado; situacion; stato; situacao; estado del movimiento; umsatzstatus; buchungsstatus; gebucht; stand;
statuts; stan; status transakcji; stav; stav platby; statusz; tila; allapot; durum; stare; κατασταση; סטטוס; מצב;
状態; ステータス; 状态; 交易状态; 当前状态; 狀態; статус; toestand; tilstand; reservert; status operacji;
islem durumu; transaksjonsstatus; stav transakce;
"""
ORIGINAL_AMOUNT = """
original amount; foreign amount; foreign currency amount; amount in foreign currency; local amount;
amount in transaction currency; instructed amount; source amount; exchange to amount; foreign spend amount;
amount original; amount in original currency; transaction amount in foreign currency; amount foreign currency;
transaction currency amount; purchase amount; original currency amount;
~
сума в валюті операції; сума у валюті операції;
ursprungsbetrag; betrag in fremdwahrung; fremdwahrungsbetrag; originalbetrag; originalbetrag in fremdwahrung;
betrag fremdwahrung; urspr betrag; betrag original; betrag ursprung; originalwahrungsbetrag; ursprunglicher betrag;
betrag in originalwahrung; betrag orig wahrung; einkaufsbetrag; montant d origine; montant en devise; montant devise;
montant original; montant initial; montant en devises; importe original; importe divisa; importe en divisa;
monto original; importo originale; importo in valuta; importo valuta; valor original; valor em moeda estrangeira;
importe moneda origen; montant en devise d origine; importo in divisa; valor na moeda de origem;
importe en moneda original; importo in valuta originale; monto moneda origen; oorspronkelijk bedrag;
bedrag in vreemde valuta; oorspr bedrag; origineel bedrag; instructed amount; kwota w walucie transakcji;
kwota oryginalna; kwota w walucie operacji; puvodni castka; castka v mene transakce; puvodni castka v mene;
puvodni castka obratu; originalni castka; castka v puvodni mene; kwota w walucie; suma v puvodnej mene; castka obratu;
castka v mene obchodu; belopp i valuta; utlandskt belopp; ursprungligt belopp; opprinnelig belop; valutabelop;
oprindeligt belob; belob i valuta; alkuperainen summa; ursprungsbelopp; valutabelob; alkuperainen maara;
belop i valuta; originalt belob; originalbelop; belopp utlandsk valuta; eredeti osszeg; devizaosszeg; orijinal tutar;
doviz tutari; suma originala; osszeg eredeti devizaban; suma in valuta originala; islem doviz tutari;
eredeti deviza osszeg; יתרה במטח; סכום מקורי; סכום עסקה מקורי; סכום במטבע מקור; 現地通貨額; 外貨金額; 原币金额;
外幣金額; 交易币金额; 現地金額; 海外通貨金額; сумма в валюте операции;
"""
ORIGINAL_CURRENCY = """
original currency; foreign currency; local currency; source currency; transaction currency code; instructed currency;
exchange from; original currency code; foreign currency code; currency original; merchant currency; purchase currency;
currency of original amount; exchange to;
~
fremdwahrung; originalwahrung; ursprungswahrung; wahrung original; wahrung ursprung; wahrung fremdwahrung;
einkaufswahrung; orig wahrung; wahrung fremdbetrag; devise d origine; devise originale; devise etrangere;
devise operation; devise transaction; moneda original; divisa original; moneda origen; valuta originale;
divisa originale; moeda original; moeda estrangeira; divisa origen; divisa operacion; moeda de origem;
valuta operazione; oorspronkelijke valuta; oorspr munt; vreemde valuta; originele munt; waluta transakcji oryginalna;
waluta oryginalna; puvodni mena; mena transakce; puvodni mena obratu; mena obchodu; originalni mena; mena obratu;
povodna mena; waluta operacji oryginalna; utlandsk valuta; ursprunglig valuta; opprinnelig valuta; oprindelig valuta;
alkuperainen valuutta; originalvaluta; ursprungsvaluta; kopt valuta; eredeti penznem; eredeti deviza;
orijinal para birimi; islem para birimi; moneda originala; tranzakcio devizaneme; מטבע מקור; מטבע עסקה;
מטבע עסקה מקורי; 現地通貨; 外貨; 原币; 外幣; 交易币种; 現地通貨名称; валюта операции; eredeti devizanem;
"""
FEE = """
fee; fees; total fees; fee amount; bank fee; commission; transaction fee; charges fee;
~
сума комісій; комісія; 수수료; entgelt;
gebuhr; gebuehr; gebuhren; entgelt; frais; commission frais; comision; comisiones; commissione; commissioni; taxa;
tarifa; comissao; kosten; oplata; prowizja; poplatek; poplatky; avgift; gebyr; palkkio; dij; jutalek; masraf;
komisyon; comision bancario; προμηθεια; עמלה; 手数料; 手续费; 手續費; комиссия; paypal fee; processing fee;
gebuhren betrag; source fee amount; spesen; oplaty; kostnad;
"""
GROSS = """
gross; gross amount;
~
brutto; bruttobetrag; brut; montant brut; bruto; lordo; importo lordo; importe bruto; valor bruto; kwota brutto;
bruttobelopp; bruttobelop; bruttobelob; brutto osszeg; brut tutar; ברוטו; 总额;
"""
NET = """
net; net amount;
~
netto; nettobetrag; netto betrag; montant net; net montant; neto; importe neto; netto importo; importo netto;
valor liquido; liquido; neto importe; kwota netto; nettobelopp; nettobelop; nettobelob; netto osszeg; net tutar; נטו;
净额; 入账净额; net total; net value;
"""
IGNORED = """
numero de mouvement; numero mouvement; n mouvement; сума кешбеку; курс;
numero de transaction; no de transaction;
member name; transaction code type; account label; category parent;
posted transaction code; radnummer; clearingnummer; lopenummer;
exchange rate; rate; fx rate; kurs; wechselkurs; umrechnungskurs; devisenkurs; taux de change; cours; tipo de cambio;
cambio; tasso di cambio; wisselkoers; koers; kurz; vaxelkurs; valutakurs; kurssi; arfolyam; doviz kuru; kur; 汇率;
為替レート; 換算レート; 匯率; tasso; taxa de cambio; courses; kurz meny; kurs wymiany; curs; curs valutar;
bic; swift; bic swift; swift code; bank name; bank; bank code; sort code; routing number; blz; bankleitzahl; bankcode;
kod banky; nazev banky; nazwa banku; bank name payee; bic swift code; code banque; banque; banco; entidad; sucursal;
oficina; agencia; filiale; bankname; branch; branch code; bic zahlungsbeteiligter; kontonavn bank; partner blz;
partner bic; kreditinstitut; bic tegenpartij; bic kontrahenta; swift bic; kod banku; bic contrepartie;
saajan pankin bic; code guichet; 取扱店; 支店; 銀行; 银行; 开户行; 交易行; 对方开户行; bankas; pankki;
bank kontrahenta; blz empfanger; name bank;
glaubiger id; glaubiger id kennung; mandatsreferenz; mandate reference; creditor id; mandate id; gocardless;
lastschrift ursprungsbetrag; auslagenersatz rucklastschrift; sammlerreferenz; primanoten nr; primanota; textschlussel;
glaeubiger id; mandatskennung; machtigingskenmerk; incassant id; creditor identifier; identificador do credor;
creditor identification; ics; rum; glaubiger identifikation; iban glaubiger;
account holder; account holder name; kontoinhaber; cardholder; card holder; card member; cardmember; card holder name;
karteninhaber; titulaire; titular; intestatario; posiadacz; majitel uctu; nimi tilinhaltija; kortinnehavare;
naam rekeninghouder; tulaj; card member name; owner; 名義; 持卡人; kart sahibi; porteur; cardholder name;
nombre titular; inhaber; account owner; kartinnehaver; nome titular; rekeninghouder;
account type; city; state province; country; zip; zip code; postal code; address; street; location; mcc;
merchant code; merchant city; town; town city; land; ort; plz; ville; pays; pais; ciudad; citta; paese; miasto; kraj;
zeme; mesto; by; kaupunki; strasse; adresse; direccion; indirizzo; endereco; adres; provincie; bundesland; kanton;
merchant country; merchant zip; merchant postcode; postcode; city state; merchant state;
code; codigo; codice; kod; koodi; kode; transaction code; bai code; codigo operacion; konstantni symbol;
specificky symbol; ks; ss; konstantny symbol; specificky symbol; no; nr; number; nro; lp; l p; row; line; row number;
lfd nr; posten; zeile; ligne; linea; statement number; afschriftnummer; numer wyciagu; cislo vypisu; statement; page;
auszug; kontoauszug; numero; liczba porzadkowa; sira; sira no; 序号; 番号; 編號; sorszam; s no; sr no; sl no;
serial no; #; line number; seq; 行号; sno; srno; valuta kod;
last updated; updated; modified; time zone; timezone; zone; zeitzone; fuseau horaire; zona horaria; fuso orario;
tijdzone; due date; expiry date; faellig; falligkeit; fecha vencimiento; vencimiento; maturity; points; rewards;
reward; cashback; bonus; punkte; quantity; units; qty; invoice date; anzahl; parcelas; cuotas; cuota; installments;
taksit; 分割回数; 支払回数; sales tax; tax; vat; mwst; tva; iva; shipping; shipping and handling amount;
insurance amount; tip; 支払月; 税;
balance impact; email; e mail; from email address; to email address; absender e mail adresse;
empfanger e mail adresse; phone; receipt; attachment; anhang; initiated by; user; spender; card name; kartenname;
nickname; account nickname; budget; split; reviewed; excluded; exclude; source type; saldo vorher; balance before;
opening balance; saldo anterior; beginsaldo; saldo voor mutatie; anfangssaldo; 用户; saldo wahrung; balance currency;
saldo waluta; waluta salda; saldowahrung; valuta saldo; currency balance; mena zustatku; original transaction id;
"""
