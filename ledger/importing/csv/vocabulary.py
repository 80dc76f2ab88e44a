"""What banks call their columns, by role: English first, and below the wave the words of all other languages."""

from __future__ import annotations

# Letters are compared without case and accents; what stands in brackets, and currencies, are left out before.
DONE = """
transaction date; trans date; trans. date; tran date; txn date; date of transaction; purchase date; date of purchase;
operation date; started date; created on; created; effective date of transaction;
~
거래일시; 거래일자; 이용일자; дата i час операції; дата і час операції; дата операції;
date op; umsatzdatum; kaufdatum; belegdatum; transaktionsdatum; datum der transaktion; einkaufsdatum; kaufdatum;
auftragsdatum; umsatztag; date operation; date de l operation; date d operation; date de transaction;
date transaction; date d achat; date achat; fecha operacion; fecha de operacion; fecha de la operacion; f operacion;
fecha transaccion; fecha de transaccion; fecha de compra; fecha oper; fecha consumo; data operazione;
data dell operazione; data transazione; data acquisto; data da operacao; data operacao; data mov; data movimento;
data do movimento; data da transacao; data transacao; data da compra; data de compra; transactiedatum;
datum transactie; aankoopdatum; data transakcji; data operacji; data dokonania transakcji; datum transakce;
datum provedeni; datum operace; datum nakupu; inkopsdatum; transaktionsdag; transaktionsdato; kobsdato; kjopsdato;
tapahtumapaiva; tapahtumapvm; ostopaiva; tranzakcio datuma; tranzakcio ideje; tranzakcio datum; vasarlas datuma;
islem tarihi; islemtarihi; data tranzactiei; data tranzactie; ημερομηνια συναλλαγης; ημ νια συναλλαγης; תאריך עסקה;
תאריך פעולה; תאריך רכישה; תאריך העסקה; 利用日; ご利用日; 取引日; お取引日; 取引年月日; 交易日期; 交易日; 交易时间;
消费日期; дата операции; дата транзакции; maksupaiva;
"""
DATE = """
date; day; dates; datetime; date time; date and time; date utc; transaction date time; timestamp;
~
dia; tanggal; tgl; ngay; ngay giao dich; วันที่;
거래일; 날짜; 일자; dátum; дата i час;
datum; tag; datum zeit; dato; paivamaara; pvm; paiva; kuupaev; datums; fecha; fecha hora; fecha y hora; data;
data hora; data e hora; data e ora; datum a cas; dzien; dátum; tarih; tarih saat; ημερομηνια; ημ νια; תאריך; 日付;
年月日; 日期; 时间; дата; день;
"""
BOOKED = """
available on;
posting date; post date; posted date; date posted; posted; booking date; date booked; booked on; booked; process date;
processed date; processing date; settlement date; completed date; finished on; completed on; clearing date;
entry date; statement date; date processed; posted on;
~
buchungstag; buchungsdatum; buchung; gebucht am; datum der buchung; abrechnungsdatum; buchungs datum;
buchungsdatum utc; wertstellung buchung; date de comptabilisation; date comptable; date comptabilisation;
date d enregistrement; date d execution; date de debit; date ecriture; date mouvement; date traitement;
fecha contable; fecha de contabilizacion; fecha contabilizacion; fecha registro; fecha mov; fecha movimiento;
fecha del movimiento; fecha cargo; fecha de cargo; data contabile; data contabilizzazione; data di contabilizzazione;
data registrazione; data lancamento; data do lancamento; data de lancamento; data contabilistica; boekdatum;
boekingsdatum; datum boeking; verwerkingsdatum; uitvoeringsdatum; rentedatum boeking; data ksiegowania;
data zaksiegowania; data waluty ksiegowania; datum zauctovani; datum zaúčtování; datum zaksiegowania; data zlecenia;
datum uctovani; datum odepsani; bokforingsdag; bokforingsdatum; bokford; bokforingsdato; bokfort; bogforingsdato;
bogfort; bogfort dato; bokfort dato; kirjauspaiva; kirjauspvm; konyveles datuma; konyvelesi datum; konyveles napja;
muhasebe tarihi; data contabila; data inregistrarii; data inregistrare; ημερομηνια καταχωρησης; ημερομηνια κινησης;
תאריך חיוב; תאריך רישום; 記帳日; 計上日; 記帳日期; 入账日期; 入帳日期; 记账日期; 记账日; дата проводки;
дата обработки; reskontradatum; odeslano;
"""
VALUE = """
value date; val date; value; valuta date; effective date; interest date; date of value; value dt;
~
date val; valuta; valutadatum; wertstellung; wertstellungstag; wertstellungsdatum; wert; wertdatum; valuta datum;
wertst; date de valeur; date valeur; valeur; fecha valor; f valor; fecha de valor; data valuta; data valor;
data de valor; data do valor; rentedatum; data waluty; datum valuty; datum splatnosti; valutadag; valutadato;
rentedato; rentedatum; rentedag; arvopaiva; arvopvm; erteknap; ertek nap; ertekdatum; valor tarihi; valor; valör;
data valutei; ημερομηνια αξιας; valeur; תאריך ערך; יום ערך; 起息日; 起算日; 起息日期; splatnost;
"""
TIME = """
time; transaction time; time of day;
~
uhrzeit; zeit; heure; hora; ora; tijd; tijdstip; godzina; czas; cas; tid; klokkeslaet; klokkeslett; klockslag; aika;
kello; ido; idopont; saat; ωρα; שעה; 時刻; 時間; 交易时刻;
"""
AMOUNT = """
amount; transaction amount; trans amount; amt; sum; value of transaction; total amount; amount in account currency;
settled amount; billing amount; posted amount; signed amount; billed amount; amount with sign; amount local currency;
total;
~
jumlah; nominal; mutasi; so tien;
거래금액; 금액; 이용금액; сума; сума в валюті картки; сума операції;
betrag; umsatz; betrag in kontowahrung; umsatz in; buchungsbetrag; abrechnungsbetrag; transaktionsbetrag;
umsatzbetrag; betrag abrechnungswahrung; summe; belastung gutschrift; soll haben betrag; gutschrift lastschrift;
montant; montant de l operation; montant operation; montant de la transaction; montant en devise du compte; somme;
valeur montant; importe; importe operacion; importe de la operacion; monto; cantidad; cuantia; valor operacion;
monto transaccion; importe movimiento; importe eur; importo; importo operazione; importo transazione; entrate uscite;
importo in valuta del conto; ammontare; valor; montante; quantia; importancia; valor da transacao; valor lancamento;
valor transacao; bedrag; transactiebedrag; bedrag in rekeningvaluta; bedrag in eur; mutatiebedrag; kwota;
kwota operacji; kwota transakcji; kwota w walucie rachunku; kwota zaksiegowana; obciazenia uznania; castka; objem;
castka v mene uctu; zauctovana castka; castka transakce; suma; obrat; čiastka; ciastka; zauctovano; belopp; belob;
beloeb; belop; transaktionsbelopp; maara; summa; maara euroa; euroa; belopp i kontovaluta; ut inn; osszeg;
terheles joviras; konyvelt osszeg; tranzakcio osszege; tutar; islem tutari; miktar; valoare; suma tranzactiei; ποσο;
αξια; סכום; סכום חיוב; סכום עסקה; סכום בשח; סכום החיוב; סכום בש ח; זכות חובה; 金額; 入出金; 入出金額; ご利用金額;
利用金額; 取引金額; 金额; 交易金额; 发生额; 金額 円; 支払金額; сумма; сумма операции; сумма в валюте счета;
"""
DEBIT = """
debit; debits; debit amount; withdrawal; withdrawals; withdrawal amount; withdrawal amt; paid out; money out;
payment out; out; outflow; spent; expense; expenses; debit amt; amount debit; dr amount; withdrawn; payments; debited;
charge; charges; cheques withdrawals; amount out; out going;
~
pengeluaran; debet; ghi no; ถอน;
출금액; 출금; 출금금액; 찾으신금액; 지급금액;
soll; lastschrift; lastschriften; belastung; belastungen; ausgang; ausgaben; ausgabe; belastungsbetrag; sollbetrag;
auszahlung; auszahlungen; abgang; belastung in; last; betrag soll; ausgange; umsatz soll; montant debit; depense;
depenses; montant au debit; debit euros; sortie; retrait; retraits; debits; cargo; cargos; debe; debito; debitos;
gasto; gastos; retiro; retiros; egreso; egresos; salidas; importe cargo; adeudo; cargo importe; dare; uscite; uscita;
addebiti; addebito; importo dare; spese; saida; saidas; a debito; montante debito; valor debito; saque; af; uitgaven;
debet; bedrag af; afgeschreven; uitgave; uit; obciazenie; obciazenia; wydatki; wydatek; kwota obciazenia; wyplaty;
wyplata; winien; vydaje; vydej; odchozi; debet castka; vydaj; na vrub; mimo; uttag; ut; utgift; utgifter;
ut fra konto; ut av konto; haevet; udgift; udgifter; udbetaling; belastet; ut belop; belop ut; panot otot otto; menot;
otto; debiterat; trukket; haevning; terheles; kiadas; terheles osszege; kifizetes; borc; cikan; gider; cikan tutar;
debitare; debitari; plati; χρεωση; χρεωσεις; חובה; משיכה; חיוב; בחובה; הוצאות; הוצאה; 支出; 出金; 出金額; 引出;
お引出し;
お支払金額; 出金金額; お引き出し; 借方; 支出金额; 付款金额; 借方金额; 借方发生额; 支出 元; 提款; 支払い金額; расход;
дебет; списание; お支払い金額; 引出額;
"""
CREDIT = """
credit; credits; credit amount; deposit; deposits; deposit amount; deposit amt; paid in; money in; payment in; in;
inflow; received; income; credit amt; amount credit; cr amount; lodgement; lodgements; credited; amount in; in coming;
payments received;
~
kredit; pemasukan; ghi co; ฝาก;
입금액; 입금; 입금금액; 맡기신금액;
haben; gutschrift; gutschriften; eingang; einnahmen; einnahme; gutschriftsbetrag; habenbetrag; einzahlung;
einzahlungen; zugang; gutschrift in; betrag haben; eingange; umsatz haben; montant credit; recette; recettes;
montant au credit; credit euros; entree; versement; versements; depot; depots; abono; abonos; haber; credito;
creditos; ingreso; ingresos; deposito; depositos; entradas; importe abono; abono importe; avere; entrate; entrata;
accrediti; accredito; importo avere; entrada; a credito; montante credito; valor credito; bij; inkomsten; bedrag bij;
bijgeschreven; inkomst; uznanie; uznania; wplywy; wplyw; kwota uznania; wplaty; wplata; ma; prijmy; prijem; prichozi;
kredit castka; ve prospech; kredit; na dobro; insattning; insattningar; inn; inntekt; inntekter; inn pa konto; indsat;
indtaegt; indbetaling; inn belop; belop inn; panot; tulot; pano; krediterat; indsaettelse; insatt; inntektsbelop;
joviras; bevetel; joviras osszege; befizetes; alacak; giren; gelir; giren tutar; yatan; creditare; creditari;
incasari; πιστωση; πιστωσεις; זכות; הפקדה; זיכוי; בזכות; הכנסות; הכנסה; 収入; 入金; 預かり金額; お預かり金額; 入金額;
預入;
お預入れ; お預入金額; 入金金額; お預け入れ; 貸方; 收入; 收入金额; 收款金额; 贷方金额; 贷方发生额; 收入 元; 存款; 存入;
预入; приход; кредит; зачисление; 預入額;
"""
SIGN = """
debit credit; credit debit; dr cr; cr dr; d c; c d; debit credit indicator; credit debit indicator; credit debit code;
debit or credit; sign; dc; drcr; cd; type d c; transaction type; direction; dr cr indicator; crdr; type;
credit or debit; in out; cdi; +/-; debit credit flag; trans type; entry type; txn type; movement; movement type;
~
soll haben; s h; haben soll; soll haben kennzeichen; vorzeichen; kennzeichen; sh; umsatzart; s/h; soll haben kz;
belastung gutschrift kennzeichen; richtung; sens; sens de l operation; debit credit sens; sentido; debe haber;
cargo abono; signo; tipo; tipo movimiento; tipo de movimiento; segno; dare avere; natura; tipo de transacao;
tipo de lancamento; d h; cargo o abono; debito credito; naturaleza; af bij; bij af; debet credit; af bij;
credit debet; plus min; bijaf; strona; typ; wn ma; obciazenie uznanie; rodzaj; smer; typ pohybu; znamenko;
smer platby; smer uhrady; debet kredit; kredit debet; t j; terheles joviras jele; jelleg; irany; tranzakcio iranya;
borc alacak; b a; borc alacak kodu; islem tipi; tip; debit credit tip; חובה זכות; ח ז; סוג; סוג תנועה; 借贷; 借贷标志;
收/支; 收 支; 收支; 收付标志; 借貸; 入出金; 入出金区分; 取引区分; 摘要区分;
"""
CURRENCY = """
currency; ccy; curr; account currency; transaction currency; currency code; cur; billing currency;
settlement currency; amount currency; cur code; iso currency;
~
통화; waluta konta;
wahrung; waehrung; wrg; whg; wahrung betrag; kontowahrung; wahrg; wkz; buchungswahrung; abrechnungswahrung;
waehrungscode; devise; monnaie; code devise; devise du compte; moneda; divisa; divisa cuenta; moeda; valuta codice;
divisa importe; moeda da conta; codice valuta; valuta conto; munt; muntsoort; valuta code; valutacode; rekeningvaluta;
munteenheid; waluta; waluta rachunku; waluta operacji; mena; mena uctu; mena castky; měna; waluta transakcji;
kontovaluta; valuutta; deviza; devizanem; penznem; para birimi; doviz; doviz cinsi; doviz kodu; valuta; νομισμα;
para kodu; moneta; מטבע; סוג מטבע; מטבע חשבון; 通貨; 币种; 货币; 幣別; 币别; валюта; валюта счета;
"""
BALANCE = """
balance; running balance; account balance; closing balance; available balance; balance after; ledger balance;
balance amount; book balance; current balance; ending balance; balance after transaction; bal; remaining balance;
closing bal; statement balance;
~
saldo akhir; so du; ยอดคงเหลือ;
잔액; 거래후잔액; 거래 후 잔액; guthaben; залишок після операції; залишок; stav po transakci;
saldo; kontostand; neuer saldo; saldo nach buchung; saldo danach; saldo in; saldo nachher; aktueller saldo;
tagessaldo; kontosaldo; endsaldo; solde; solde apres operation; solde comptable; solde progressif; solde en euros;
saldo disponible; saldo contable; saldo posterior; saldo final; balance final; saldo despues; saldo disponivel;
saldo contabile; saldo contabilistico; saldo progressivo; saldo apos; saldo actual; saldo movimiento;
saldo apos movimento; saldo na mutatie; saldo na trn; eindsaldo; saldo na boeking; beginsaldo na; saldo po operacji;
saldo po transakcji; saldo koncowe; saldo rachunku; saldo ksiegowe; zustatek; konecny zustatek; zustatek po; zostatok;
zustatek na uctu; saldo efter; bokfort saldo; bogfort saldo; saldo efter transaktion; balanse; saldo i valuta;
saldo etter; kontosaldo; tilisaldo; egyenleg; konyvelt egyenleg; egyenleg utana; egyenleg a tranzakcio utan;
zaro egyenleg; bakiye; kalan bakiye; hesap bakiyesi; sold; sold final; sold contabil; υπολοιπο; λογιστικο υπολοιπο;
יתרה; יתרה בחשבון; יתרה משוערכת; יתרה לאחר פעולה; היתרה; יתרה בשח; 残高; 差引残高; 取引後残高; 余额; 餘額; 账户余额;
交易后余额; 結餘; 现金余额; 残高 円; остаток; баланс; disponible;
"""
PAYEE = """
supplier found; payee; payee name; merchant; merchant name; name; counterparty; counterparty name; beneficiary;
beneficiary name; recipient; target name; other party; party; vendor; merchant description; paid to; to; supplier;
creditor name; receiver; to name; payee payer; payer payee; partner name; contra party; business name;
other party name; shop; transaction partner; destination name; customer; store; opposing name; counter party;
counterparty full name; description merchant;
~
empfaenger; zahlungsempfaenger; sender empfanger; sender empfaenger; empfanger sender; tegenrekeninghouder; 가맹점명;
가맹점; 보낸분 받는분; 받는분; 내용 상대방; контрагент назва;
empfanger; beguenstigter zahlungspflichtiger; begunstigter zahlungspflichtiger; beguenstigter; begunstigter;
zahlungsempfanger; zahlungsempfangerin; zahlungsempfanger in; name zahlungsbeteiligter; auftraggeber empfanger;
partnername; partner; gegenpartei; name des partners; zahlungspflichtiger begunstigter; handler; haendler;
empfanger auftraggeber; auftraggeber zahlungsempfanger; zahlungsbeteiligter; gegenkonto name; empfanger name;
empfanger zahlungspflichtiger; auftraggeber begunstigter; name; kontoinhaber gegenkonto; handlername; kreditor;
geschaft; beneficiaire; tiers; nom; commercant; destinataire; contrepartie; nom contrepartie; emetteur beneficiaire;
nom de la contrepartie; debiteur crediteur; nom du beneficiaire; libelle tiers; nom du commercant; enseigne;
beneficiaire emetteur; contrepartie nom; beneficiario; ordenante beneficiario; comercio; nombre; destinatario;
beneficiario ordenante; establecimiento; contraparte; beneficiario o remitente; nombre comercio;
remitente destinatario; esercente; controparte; beneficiario ordinante; ordinante beneficiario; nominativo; nome;
favorecido; destino; beneficiario ordenante; nome do beneficiario; estabelecimento; comerciante; loja; titolo;
remetente destinatario; naam tegenpartij; tegenpartij; naam omschrijving; begunstigde; naam; naam tegenrekening;
naam van de tegenpartij; naam ontvanger; tegenpartij naam; naam begunstigde; winkel; naam uiteindelijke partij;
nadawca odbiorca; odbiorca; kontrahent; odbiorca nadawca; nazwa kontrahenta; dane kontrahenta; nazwa odbiorcy;
nadawca / odbiorca; nazwa nadawcy odbiorcy; dane strony operacji; nazwa odbiorcy nadawcy; nazev protiuctu;
protistrana; nazev protistrany; obchodnik; nazev obchodnika; prijemce; nazev uctu prijemce; jmeno protistrany;
nazev protiucty; protiucet nazev; nazov protiuctu; nazov partnera; prijemca; partner nazev; nazev partnera; mottagare;
motpart; mottaker; modtager; modpart; navn; namn; saaja maksaja; saaja; maksaja saaja; butik; butikk; forretning;
motpartens namn; nimi; vastapuoli; betalingsmottaker; beskrivelse mottaker; modtagers navn; saajan nimi;
navn modtager; avsandare mottagare; partner neve; kedvezmenyezett; ellenoldali nev; kereskedo; partner nev;
ellenszamla neve; kedvezmenyezett neve; kereskedo neve; alici; alici adi; karsi taraf; isyeri; uye isyeri;
gonderen alici; alici gonderen; beneficiar; nume beneficiar; partener; δικαιουχος; επωνυμια; שם בית עסק; שם בית העסק;
בית עסק; מוטב; שם; לטובת; שם המוטב; 利用店名; ご利用店名; 店名; 相手先; 支払先; 振込先; 利用店名 商品名;
ご利用店名 商品名; お取引先; 加盟店; 交易对方; 对方户名; 商户; 收款人; 对方名称; 商户名称; 商店名称; 對方戶名; 对手方;
对方账户名; получатель; контрагент; ご利用先; ご利用店名及び商品名;
"""
PAYER = """
payer; payer name; sender; sender name; from; source name; remitter; debtor name; ordering party; originator;
from name; ordering customer;
~
auftraggeber; zahlungspflichtiger; zahlungspflichtige; zahlungspflichtige r; absender; einzahler; debitor;
auftraggeber name; zahler; donneur d ordre; emetteur; debiteur; payeur; ordenante; remitente; emisor; ordinante;
mittente; remetente; pagador; origem; opdrachtgever; naam opdrachtgever; nadawca; zleceniodawca; nazwa nadawcy;
platce; odesilatel; jmeno platce; nazev uctu platce; avsandare; betalare; avsender; betaler; afsender; maksaja;
maksajan nimi; betalers navn; kuldo; fizeto; megbizo; gonderen; gonderen adi; ordonator; platitor; εντολεας; שולח;
מאת; משלם; 振込依頼人; 依頼人; 付款人; 付款方; 汇款人; отправитель; плательщик;
"""
ACCOUNT = """
client account; customer account; statement account;
account num; posted account; iban nr; account; account number; account no; own account; account iban; account name;
account id; acct; account nr; card number; card no; card; card last 4 digits; last 4 digits; account number iban;
iban; your account; product account; bank account; card account number; account identification; a c no;
cardmember account; account ending;
~
auftragskonto; kontonummer; konto; eigenes konto; iban auftragskonto; kartennummer; karte; konto nr;
bezeichnung auftragskonto; kontobezeichnung; kontonr; eigene iban; kreditkarte; karten nr; referenzkonto;
iban kontoinhaber; compte; numero de compte; numero compte; compte iban; num compte; carte; numero de carte;
rekeningnummer; rekening; iban bban; eigen rekening; mijn rekening; van rekening; iban rekening; cuenta;
numero de cuenta; tarjeta; n cuenta; numero de tarjeta; conto; numero conto; carta; conta; numero da conta; cartao;
numero cartao; numero carta; iban conto; rachunek; numer rachunku; konto klienta; numer karty; rachunek wlasny;
rachunek klienta; cislo uctu; ucet; vlastni ucet; cislo karty; vlastni cislo uctu; z uctu; kontonummer; kontonr;
konto; kort; kortnummer; tili; tilinumero; kontonavn; oma tili; kontonamn; tilin numero; kortnr; szamlaszam; szamla;
sajat szamlaszam; kartyaszam; konyvelesi szamla; hesap; hesap no; hesap numarasi; kart no; kart numarasi; cont;
numar cont; λογαριασμος; αριθμος λογαριασμου; חשבון; מספר חשבון; כרטיס; מספר כרטיס; 4 ספרות אחרונות של כרטיס האשראי;
口座; 口座番号; カード番号; 账号; 账户; 卡号; 本方账号; 帳號; 帳戶; 銀行口座; счет; номер счета; номер карты;
"""
COUNTER = """
counterparty account; counter account; counterparty iban; payee account; beneficiary account; other account;
contra account; opposing iban; counterparty account number; target account; recipient account; to account;
beneficiary iban; payee iban; payee account number; counterparty account no; beneficiary account number;
~
kontonummer iban; iban zahlungsbeteiligter; gegenkonto; partner iban; iban gegenkonto; kontonummer iban bic;
konto des empfangers; iban des begunstigten; iban zahlungspflichtiger; gegen iban; empfangerkonto;
kontonummer gegenkonto; iban des partners; partner kontonummer; empfanger iban; iban empfanger; auftraggeberkonto;
gegenpartei iban; iban begunstigter; konto gegenpartei; kontonr gegenpartei; compte contrepartie; compte tiers;
iban contrepartie; compte beneficiaire; cuenta beneficiario; cuenta destino; cuenta contraparte; iban beneficiario;
conto controparte; conta destino; iban controparte; conta beneficiario; compte bancaire contrepartie;
numero de compte contrepartie; tegenrekening; tegenrekening iban bban; rekening tegenpartij; iban tegenpartij;
naar rekening; rekeningnummer tegenpartij; iban begunstigde; rekening van de tegenpartij; tegenrekeningnummer;
rachunek kontrahenta; numer rachunku kontrahenta; numer konta; rachunek nadawcy odbiorcy; rachunek odbiorcy;
protiucet; cislo protiuctu; ucet protistrany; cislo uctu protistrany; rachunek przeciwstawny; cislo uctu prijemce;
rachunek nadawcy; protiucet a kod banky; protiucet kod banky; nr rachunku kontrahenta; numer rachunku odbiorcy;
cislo protiuctu vcetne kodu banky; numer rachunku nadawcy odbiorcy; mottagarkonto; til konto; til kontonummer;
modkonto; motkonto; saajan tilinumero; saajan tili; till konto; mottakerkonto; fra konto; motpartskonto; til konto nr;
modpartskonto; saajan tilinumero ja pankin bic; saajan iban; fra kontonummer; vastatili; ellenszamla;
partner szamlaszama; ellenoldali szamlaszam; kedvezmenyezett szamlaszama; partner szamlaszam; karsi hesap;
alici hesap; alici iban; cont beneficiar; karsi hesap no; iban beneficiar; cont partener; ellenszamla szama;
חשבון נגדי; מספר חשבון נגדי; 对方账号; 对方帐号; 收款账号; 對方帳號; 对方账户; 相手口座; счет получателя;
"""
