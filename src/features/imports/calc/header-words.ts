// The words by which exports call our fields, in English and German.
import { foldWord } from '../../../basics/fold.ts'
import type { KindName } from './kinds.ts'
import { kinds } from './kinds.ts'

/** Words per field, folded; `*` marks words that speak for the kind on their own. */
const words: Readonly<Record<KindName, Readonly<Record<string, string>>>> = {
  sellers: {
    name: 'name *seller *sellername *salesperson *salesrep *salesagent *verkaeufer *verkaeuferin *vertreter *aussendienst *mitarbeiter *employeename fullname personname',
    first_name: 'firstname givenname vorname',
    last_name: 'lastname familyname surname nachname',
    external_id:
      'id number externalid sellerid employeeid personalnummer personalnr mitarbeiternummer nummer nr',
    team: 'team *salesteam *teamname *vertriebsteam gruppe abteilung',
    manager:
      'manager *teamleader *teamlead *supervisor *reportsto *leitung *teamleitung *vorgesetzter vorgesetzte leiter',
    office: 'office *regionaloffice branch niederlassung buero standort filiale',
    email: 'email mail emailaddress emailadresse',
    hired_on:
      '*hiredon *hiredate *hired *joined *joinedon *startdate *eintritt *eintrittsdatum *eintrittam',
    left_on: '*lefton *left *leavedate *terminationdate *austritt *austrittsdatum *austrittam',
    valid_from: '*validfrom *inteamsince *teamsince *imteamseit *gueltigab *gueltigvon',
  },
  teams: {
    name: '*team name *teamname gruppe abteilung',
    parent: '*parent *parentteam *belongsto *gehoertzu *uebergeordnet *obergruppe',
    kind: '*kind *teamkind type art typ',
    manager: 'manager *teamleader *teamlead leader leitung *teamleitung leiter',
  },
  customers: {
    name: 'name *customer *customername *account *accountname *company *companyname *kunde *kundin *kundenname *firma *firmenname *client',
    external_id:
      'id number externalid *customerid *customernumber *customerno *accountid *kundennummer *kundennr *kdnr nummer nr',
    country: '*country land',
    region: 'region state province bundesland *billingstate',
    city: '*city town ort stadt *billingcity',
    industry: '*industry *sector *branche',
    employees:
      '*employees *numberofemployees *employeecount *headcount *mitarbeiter *mitarbeiterzahl *beschaeftigte *anzahlmitarbeiter',
    size: 'size *companysize groesse *unternehmensgroesse groessenklasse',
    source: 'source leadsource herkunft quelle',
  },
  contacts: {
    name: 'name *contact *contactname *contactperson fullname *ansprechpartner *ansprechpartnerin *kontakt *kontaktname *kontaktperson',
    first_name: '*firstname *givenname *vorname',
    last_name: '*lastname *surname *familyname *nachname',
    external_id: 'id number externalid *contactid *contactnumber *kontaktnummer nummer nr',
    customer:
      'customer account accountname client company companyname customername kunde kundin kundenname firma unternehmen organization organisation',
    job_title: '*jobtitle position title role *funktion *stelle *berufsbezeichnung',
    email: 'email mail emailaddress emailadresse',
    phone: '*phone *telephone *phonenumber *mobile *telefon *telefonnummer *mobil',
  },
  products: {
    name: 'name *product *productname *produkt *produktname *artikel *artikelname *item bezeichnung *artikelbezeichnung',
    external_id:
      'id number externalid *productid *sku *productcode *artikelnummer *artikelnr nummer nr *produktnummer',
    family:
      '*family *productfamily *series *category *productcategory *productline *produktgruppe *warengruppe kategorie *produktfamilie',
    list_price:
      '*listprice *price *unitprice *salesprice *listenpreis *preis *verkaufspreis *stueckpreis',
    cost: '*cost *unitcost *standardcost *kosten *stueckkosten *einkaufspreis *herstellkosten',
    currency: 'currency waehrung currencycode',
  },
  deals: {
    external_id:
      'id number externalid *dealid *dealnumber *opportunityid *opportunitynumber nummer nr *chancennummer *auftragsnummer *vorgangsnummer',
    seller:
      '*seller *salesagent *salesperson *salesrep *owner *dealowner *opportunityowner *verkaeufer *verkaeuferin *vertreter *zustaendig *bearbeiter agent',
    customer:
      'customer account client company customername accountname kunde kundin kundenname firma',
    product: 'product productname produkt artikel item',
    stage: '*stage *dealstage *stagename *opportunitystage status phase *verkaufsphase',
    opened_on:
      '*openedon *opened *engagedate *created *createdate *createddate *createdon *opendate *eroeffnet *eroeffnetam *angelegtam *angelegt *erstelltam *beginn datum',
    closed_on:
      '*closedon *closed *closedate *closingdate *closeddate *abgeschlossen *abgeschlossenam *abschlussdatum *abschluss *geschlossenam wondate',
    amount:
      '*amount *closevalue *dealvalue *dealamount value *betrag *umsatz *wert *auftragswert *volumen revenue',
    currency: 'currency waehrung currencycode',
    quantity: '*quantity *qty *units *menge *anzahl *stueckzahl',
    closes_on: '*expectedclosedate *closedateexpected *erwartetesabschlussdatum',
    outcome: '*outcome *dealstatus *ausgang',
    lost_reason:
      '*lostreason *lossreason *reasonlost *closedlostreason *verlustgrund *ablehnungsgrund',
  },
  orders: {
    order_no:
      '*orderno *ordernumber *orderid *salesorder *salesordernumber *invoiceno *invoicenumber *auftragsnummer *auftragsnr *auftrag *rechnungsnummer *belegnummer order number id',
    ordered_on:
      '*orderedon *orderdate *invoicedate *auftragsdatum *rechnungsdatum *bestelldatum *belegdatum date datum',
    seller: 'seller salesperson salesrep employeeid businessentityid verkaeufer vertreter',
    customer: 'customer account customerid client resellerkey kunde kundennummer',
    deal: 'deal opportunity dealid opportunityid chance',
    kind: 'kind type art belegart',
    ...lineWords(),
  },
  contracts: {
    name: 'name *contract *contractname *vertrag *vertragsname bezeichnung',
    external_id:
      'id number externalid *contractid *contractnumber *vertragsnummer *vertragsnr nummer nr',
    customer: 'customer account client company kunde kundin firma',
    product: 'product produkt artikel',
    seller: 'seller owner verkaeufer zustaendig',
    valid_from: '*from *startdate *start *begin *validfrom *von *beginn *vertragsbeginn *gueltigab',
    valid_until:
      '*until *enddate *end *validuntil *bis *ende *vertragsende *gueltigbis laufzeitende',
    renewal: '*renewal *autorenewal *verlaengerung',
    notice_days: '*noticedays *noticeperiod *kuendigungsfrist',
    amount: 'amount value *annualvalue betrag wert',
    currency: 'currency waehrung currencycode',
    every: '*every *billing *interval *billingperiod *turnus *abrechnung faelligje',
  },
  activities: {
    external_id: 'id number externalid *activityid *taskid *aktivitaetsnummer nummer nr',
    subject: '*subject *betreff *task *aufgabe *activity *aktivitaet title titel name',
    kind: 'kind type art *activitytype *tasktype *aktivitaetsart typ',
    due_on: '*duedate *due *faellig *faelligam *geplantam date datum',
    done_on:
      '*donedate *doneon *completeddate *completedon *erledigt *erledigtam *markedasdonetime',
    outcome: '*outcome *result *ergebnis *calloutcome',
    note: '*note *notes *notiz *notizen *comments *description *beschreibung',
    seller: 'seller owner assignedto assigned user verkaeufer verkaeuferin zustaendig bearbeiter',
    customer: 'customer account client company organization customername kunde kundin firma',
    contact: '*contact *contactperson *person *ansprechpartner *kontakt *contactname',
    deal: '*dealid *dealnumber *deal *opportunity *opportunityid *verkaufschance',
  },
  'order-lines': {
    order_no:
      '*orderno *ordernumber *orderid *salesorder *salesordernumber *auftragsnummer *auftragsnr *auftrag order',
    kind: 'kind type art',
    ...lineWords(),
  },
  rates: {
    currency: 'currency waehrung currencycode *fromcurrency *vonwaehrung',
    on_day: 'date day datum tag *ratedate *kursdatum validfrom gueltigab',
    rate: '*rate *exchangerate *fxrate *kurs *wechselkurs *umrechnungskurs *averagerate *endofdayrate',
  },
  quotas: {
    seller:
      'seller salesagent salesperson salesrep employee employeekey businessentityid verkaeufer verkaeuferin vertreter agent mitarbeiter',
    team: 'team salesteam teamname vertriebsteam',
    period: '*period *quotaperiod *zeitraum *quotadate',
    year: 'year calendaryear jahr',
    quarter: 'quarter calendarquarter quartal',
    month: 'month monat',
    amount:
      'amount *quota *salesquota *salesamountquota *target *targetamount *vorgabe *quote *soll *sollwert *zielvorgabe betrag',
    currency: 'currency waehrung currencycode',
    metric: 'metric measure kennzahl',
  },
  goals: {
    name: '*goal *goalname *ziel *zielname name title titel bezeichnung',
    external_id: 'id number externalid *goalid *goalnumber *zielnummer nummer nr',
    seller:
      'seller salesagent salesperson salesrep owner verkaeufer verkaeuferin vertreter agent mitarbeiter',
    team: 'team salesteam teamname vertriebsteam',
    private: '*private *privat',
    metric: '*metric *measure *kennzahl',
    activities: '*activities *aktivitaeten',
    outcome: 'outcome result ergebnis',
    steps: '*steps *schritte',
    filters: 'only filter filters nur',
    target: '*target *targetvalue *zielwert',
    unit: 'unit einheit',
    currency: 'currency waehrung currencycode',
    first_day: '*firstday from start startdate begin *erstertag von beginn',
    last_day: '*lastday until end enddate *deadline duedate to *letztertag bis ende *frist',
    milestones: '*milestones *meilensteine *zwischenziele',
    reason: 'reason why *whyitmatters warum grund',
    reward: '*reward *belohnung',
  },
  surveys: {
    external_id: 'id number externalid *responseid *answerid *surveyid nummer nr *antwortnummer',
    on_day: 'date day datum tag *surveydate *responsedate *answeredon *antwortdatum *umfragedatum',
    measure: '*measure *question *metric *frage *kennzahl',
    score: '*score *rating *answer *response *bewertung *punkte *antwort *note *csat *nps',
    scale_low: '*scalelow *scalemin *scalefrom *skalavon',
    scale_high: '*scalehigh *scalemax *scaleto *skalabis',
    customer: 'customer account client company customername kunde kundin kundenname firma',
    seller: 'seller salesagent salesperson salesrep verkaeufer verkaeuferin vertreter agent',
    product: 'product productname produkt artikel item',
  },
  cases: {
    external_id:
      'id number externalid *ticket *ticketid *ticketnumber *caseid *casenumber *complaintid nummer nr vorgangsnummer *reklamationsnummer',
    on_day:
      'date day datum tag opened openedon created createdon *receivedon *datereceived *dateopened *eingang *eingegangen *eingegangenam *eingangsdatum',
    closed_on:
      'closed closedon closedate *resolvedon *dateclosed closeddate *erledigtam abgeschlossenam',
    status: 'status state stand *casestatus *ticketstatus',
    kind: 'kind type art typ *casetype *vorgangsart',
    channel: '*channel *receivedvia *via *kanal *eingangsweg *submittedvia',
    customer: 'customer account client company customername kunde kundin kundenname firma',
    seller: 'seller salesagent salesperson salesrep owner verkaeufer verkaeuferin vertreter agent',
    product: 'product productname produkt artikel item',
  },
}

function lineWords(): Record<string, string> {
  return {
    line_no: '*lineno *linenumber *orderline *position *pos *zeilennummer *positionsnummer',
    product:
      '*product *productid *productkey *productname *item *sku *artikel *artikelnummer *produkt',
    quantity: '*quantity *qty *orderquantity *units *menge *anzahl *stueckzahl',
    price: '*price *unitprice *preis *stueckpreis *einzelpreis',
    discount: '*discount *rabatt *nachlass',
    amount: '*amount *salesamount *linetotal *total *betrag *umsatz *nettobetrag *summe',
    currency: 'currency waehrung currencycode',
    cost: '*cost *totalproductcost *kosten',
  }
}

interface HeaderWord {
  field: string
  /** The word is used by few kinds, so it speaks for this one. */
  telling: boolean
}

const tables = new Map<KindName, ReadonlyMap<string, HeaderWord>>()
for (const kind of Object.values(kinds)) {
  const table = new Map<string, HeaderWord>()
  for (const { name, label } of kind.fields) {
    for (const written of (words[kind.name][name] ?? '').split(' ')) {
      const telling = written.startsWith('*')
      table.set(telling ? written.slice(1) : written, { field: name, telling })
    }
    for (const own of [name, label.en, label.de]) {
      const word = foldWord(own)
      if (!table.has(word)) table.set(word, { field: name, telling: false })
    }
  }
  tables.set(kind.name, table)
}

/** The field of a kind that a header means by its words. */
export function fieldByHeader(kind: KindName, header: string): HeaderWord | undefined {
  return tables.get(kind)?.get(foldWord(header))
}

/** Whether any kind knows this header: evidence that a row is a header. */
export function isKnownHeader(header: string): boolean {
  const word = foldWord(header)
  return word !== '' && [...tables.values()].some((table) => table.has(word))
}
