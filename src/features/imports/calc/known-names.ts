// Names of countries and lines of business as usually written, for noticing slips in imported cells.

const countriesEnglish =
  'Afghanistan|Albania|Algeria|Andorra|Angola|Argentina|Armenia|Australia|Austria|Azerbaijan|Bahamas|Bahrain|Bangladesh|Barbados|Belarus|Belgium|Belize|Benin|Bhutan|Bolivia|Bosnia and Herzegovina|Botswana|Brazil|Brunei|Bulgaria|Burkina Faso|Burundi|Cambodia|Cameroon|Canada|Cape Verde|Central African Republic|Chad|Chile|China|Colombia|Comoros|Congo|Costa Rica|Croatia|Cuba|Cyprus|Czechia|Czech Republic|Denmark|Djibouti|Dominica|Dominican Republic|Ecuador|Egypt|El Salvador|Equatorial Guinea|Eritrea|Estonia|Eswatini|Ethiopia|Fiji|Finland|France|Gabon|Gambia|Georgia|Germany|Ghana|Great Britain|Greece|Grenada|Guatemala|Guinea|Guinea-Bissau|Guyana|Haiti|Honduras|Hong Kong|Hungary|Iceland|India|Indonesia|Iran|Iraq|Ireland|Israel|Italy|Ivory Coast|Jamaica|Japan|Jordan|Kazakhstan|Kenya|Kiribati|Korea|Kosovo|Kuwait|Kyrgyzstan|Laos|Latvia|Lebanon|Lesotho|Liberia|Libya|Liechtenstein|Lithuania|Luxembourg|Madagascar|Malawi|Malaysia|Maldives|Mali|Malta|Marshall Islands|Mauritania|Mauritius|Mexico|Micronesia|Moldova|Monaco|Mongolia|Montenegro|Morocco|Mozambique|Myanmar|Namibia|Nauru|Nepal|Netherlands|New Zealand|Nicaragua|Niger|Nigeria|North Korea|North Macedonia|Norway|Oman|Pakistan|Palau|Palestine|Panama|Papua New Guinea|Paraguay|Peru|Philippines|Poland|Portugal|Puerto Rico|Qatar|Romania|Russia|Rwanda|Saint Lucia|Samoa|San Marino|Saudi Arabia|Senegal|Serbia|Seychelles|Sierra Leone|Singapore|Slovakia|Slovenia|Solomon Islands|Somalia|South Africa|South Korea|South Sudan|Spain|Sri Lanka|Sudan|Suriname|Sweden|Switzerland|Syria|Taiwan|Tajikistan|Tanzania|Thailand|Timor-Leste|Togo|Tonga|Trinidad and Tobago|Tunisia|Turkey|Türkiye|Turkmenistan|Tuvalu|Uganda|Ukraine|United Arab Emirates|United Kingdom|United States|United States of America|Uruguay|Uzbekistan|Vanuatu|Vatican City|Venezuela|Vietnam|Yemen|Zambia|Zimbabwe'

const countriesGerman =
  'Ägypten|Albanien|Algerien|Argentinien|Armenien|Aserbaidschan|Äthiopien|Australien|Bangladesch|Belgien|Bolivien|Bosnien und Herzegowina|Brasilien|Bulgarien|Chile|Dänemark|Deutschland|Estland|Finnland|Frankreich|Georgien|Griechenland|Großbritannien|Indien|Indonesien|Irak|Irland|Island|Italien|Japan|Jordanien|Kanada|Kasachstan|Katar|Kenia|Kolumbien|Kroatien|Lettland|Libanon|Libyen|Liechtenstein|Litauen|Luxemburg|Marokko|Mexiko|Moldau|Mongolei|Neuseeland|Niederlande|Nordmazedonien|Norwegen|Österreich|Philippinen|Polen|Rumänien|Russland|Saudi-Arabien|Schweden|Schweiz|Serbien|Simbabwe|Singapur|Slowakei|Slowenien|Spanien|Südafrika|Südkorea|Syrien|Thailand|Tschechien|Tunesien|Türkei|Ukraine|Ungarn|Usbekistan|Vereinigte Arabische Emirate|Vereinigte Staaten|Vereinigtes Königreich|Zypern'

const industriesEnglish =
  'accounting|advertising|aerospace|agriculture|airlines|apparel|architecture|automotive|banking|biotechnology|chemicals|communications|construction|consulting|consumer goods|cosmetics|defense|distribution|e-commerce|education|electronics|employment|energy|engineering|entertainment|environment|fashion|finance|financial services|food|food and beverage|forestry|furniture|gambling|government|healthcare|health care|hospitality|hotels|information technology|insurance|investment|journalism|legal|leisure|logistics|machinery|manufacturing|maritime|marketing|materials|media|medical|mining|nonprofit|oil and gas|packaging|pharmaceuticals|pharmaceutical|printing|public sector|publishing|real estate|recreation|recruiting|restaurants|retail|security|semiconductors|services|shipping|software|sports|steel|technology|telecommunications|telecommunication|textiles|tourism|transportation|transport|travel|utilities|wholesale'

const industriesGerman =
  'Automobil|Bauwesen|Baugewerbe|Beratung|Bergbau|Bildung|Chemie|Dienstleistungen|Druck|Einzelhandel|Elektronik|Elektrotechnik|Energie|Energieversorgung|Finanzen|Finanzdienstleistungen|Forstwirtschaft|Gastgewerbe|Gastronomie|Gesundheit|Gesundheitswesen|Großhandel|Handel|Handwerk|Immobilien|Industrie|Informationstechnik|Kosmetik|Landwirtschaft|Lebensmittel|Logistik|Luftfahrt|Maschinenbau|Medien|Medizintechnik|Metallbau|Möbel|Öffentlicher Dienst|Öffentliche Verwaltung|Pharma|Sicherheit|Software|Technologie|Telekommunikation|Textil|Tourismus|Transport|Unterhaltung|Verkehr|Verlag|Versicherung|Versicherungen|Verpackung|Werbung'

export type Topic = 'names' | 'people' | 'countries' | 'industries'

const lists: Readonly<Record<Topic, readonly string[]>> = {
  names: [],
  people: [],
  countries: [...countriesEnglish.split('|'), ...countriesGerman.split('|')],
  industries: [...industriesEnglish.split('|'), ...industriesGerman.split('|')],
}

/** Usual spellings of a topic; none for names and people. */
export function usualNames(topic: Topic): readonly string[] {
  return lists[topic]
}
