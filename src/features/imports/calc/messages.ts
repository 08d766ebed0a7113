// Every sentence the reading of files can say, in English and German, by code.
import { clip } from './clip.ts'
import type { Sentence } from './kinds.ts'

export type Params = Readonly<Record<string, string | number>>

/** Why a row is set aside. */
const rejects = {
  missing_required: {
    en: 'Line {line}: “{column}” is empty, but the row needs it.',
    de: 'Zeile {line}: „{column}“ ist leer, wird aber gebraucht.',
  },
  not_a_date: {
    en: 'Line {line}, “{column}”: “{value}” is not a date written as {patterns}.',
    de: 'Zeile {line}, „{column}“: „{value}“ ist kein Datum der Form {patterns}.',
  },
  date_two_ways: {
    en: 'Line {line}, “{column}”: “{value}” can mean {days}; the patterns {patterns} disagree.',
    de: 'Zeile {line}, „{column}“: „{value}“ kann {days} heißen; die Muster {patterns} widersprechen sich.',
  },
  not_a_number: {
    en: 'Line {line}, “{column}”: “{value}” is not a number with “{decimal}” before the decimals.',
    de: 'Zeile {line}, „{column}“: „{value}“ ist keine Zahl mit „{decimal}“ als Dezimalzeichen.',
  },
  not_an_integer: {
    en: 'Line {line}, “{column}”: “{value}” is not a whole number.',
    de: 'Zeile {line}, „{column}“: „{value}“ ist keine ganze Zahl.',
  },
  number_too_large: {
    en: 'Line {line}, “{column}”: “{value}” is too large to be kept exactly.',
    de: 'Zeile {line}, „{column}“: „{value}“ ist zu groß, um genau gespeichert zu werden.',
  },
  number_out_of_range: {
    en: 'Line {line}, “{column}”: “{value}” lies below the smallest value allowed, {least}.',
    de: 'Zeile {line}, „{column}“: „{value}“ liegt unter dem kleinsten erlaubten Wert, {least}.',
  },
  too_many_decimals: {
    en: 'Line {line}, “{column}”: “{value}” has more decimals than {currency} has.',
    de: 'Zeile {line}, „{column}“: „{value}“ hat mehr Nachkommastellen als {currency}.',
  },
  currency_mismatch: {
    en: 'Line {line}, “{column}”: “{value}” is not in {currency}.',
    de: 'Zeile {line}, „{column}“: „{value}“ ist nicht in {currency}.',
  },
  currency_unknown: {
    en: 'Line {line}, “{column}”: “{value}” is not a currency of three letters.',
    de: 'Zeile {line}, „{column}“: „{value}“ ist keine Währung aus drei Buchstaben.',
  },
  not_one_of: {
    en: 'Line {line}, “{column}”: “{value}” is none of {allowed}.',
    de: 'Zeile {line}, „{column}“: „{value}“ ist keines von {allowed}.',
  },
  text_too_long: {
    en: 'Line {line}, “{column}”: the text has {found} characters, at most {most} are kept.',
    de: 'Zeile {line}, „{column}“: Der Text hat {found} Zeichen, höchstens {most} sind möglich.',
  },
  too_few_cells: {
    en: 'Line {line} has {found} cells instead of {wanted}; which ones are missing cannot be told.',
    de: 'Zeile {line} hat {found} statt {wanted} Zellen; welche fehlen, ist nicht zu erkennen.',
  },
  too_many_cells: {
    en: 'Line {line} has {found} cells instead of {wanted}; a delimiter inside a cell needs quotes.',
    de: 'Zeile {line} hat {found} statt {wanted} Zellen; ein Trennzeichen in einer Zelle braucht Anführungszeichen.',
  },
  cell_too_large: {
    en: 'Line {line}, “{column}”: the cell is larger than 64 kB.',
    de: 'Zeile {line}, „{column}“: Die Zelle ist größer als 64 kB.',
  },
  row_too_large: {
    en: 'Line {line} is longer than 1 MB.',
    de: 'Zeile {line} ist länger als 1 MB.',
  },
  text_after_quote: {
    en: 'Line {line}, “{column}”: text follows the closing quote; a quote inside a cell is written twice.',
    de: 'Zeile {line}, „{column}“: Nach dem schließenden Anführungszeichen folgt Text; innerhalb einer Zelle wird es verdoppelt.',
  },
  nul_character: {
    en: 'Line {line}, “{column}” holds a NUL character, which cannot be stored.',
    de: 'Zeile {line}, „{column}“ enthält ein NUL-Zeichen, das nicht gespeichert werden kann.',
  },
  damaged_text: {
    en: 'Line {line}, “{column}” holds bytes that are no {encoding}.',
    de: 'Zeile {line}, „{column}“ enthält Bytes, die kein {encoding} sind.',
  },
  repeated_header: {
    en: 'Line {line} repeats the headers.',
    de: 'Zeile {line} wiederholt die Überschriften.',
  },
  dates_backwards: {
    en: 'Line {line}: “{column}” ({value}) lies before “{other}” ({otherValue}).',
    de: 'Zeile {line}: „{column}“ ({value}) liegt vor „{other}“ ({otherValue}).',
  },
} as const satisfies Record<string, Sentence>

/** What must be answered before rows can be read. */
const questions = {
  ambiguous_dates: {
    en: 'How are the dates in “{column}” written? {forms}.',
    de: 'Wie sind die Daten in „{column}“ geschrieben? {forms}.',
  },
  unknown_dates: {
    en: 'No cell of “{column}” is a date in a known form. How are they written?',
    de: 'Keine Zelle in „{column}“ ist ein Datum in bekannter Form. Wie sind sie geschrieben?',
  },
  ambiguous_numbers: {
    en: 'Is the sign in numbers like “{example}” in “{column}” a decimal sign or does it group thousands?',
    de: 'Trennt das Zeichen in Zahlen wie „{example}“ in „{column}“ Nachkommastellen oder Tausender?',
  },
  mixed_numbers: {
    en: '“{column}” holds numbers with decimal point ({point}) and with decimal comma ({comma}). Which are right?',
    de: '„{column}“ enthält Zahlen mit Dezimalpunkt ({point}) und mit Dezimalkomma ({comma}). Welche sind richtig?',
  },
  missing_marks: {
    en: 'Do {marks} stand for an empty cell?',
    de: 'Stehen {marks} für eine leere Zelle?',
  },
  unknown_kind: {
    en: 'What does the file hold? The columns do not say it clearly: {headers}.',
    de: 'Was enthält die Datei? Die Spalten sagen es nicht eindeutig: {headers}.',
  },
  field_missing: {
    en: 'Which column holds “{label}” ({field})? Every row needs it.',
    de: 'Welche Spalte enthält „{label}“ ({field})? Jede Zeile braucht das.',
  },
  uncertain_delimiter: {
    en: 'What separates the cells? Several signs fit: {signs}.',
    de: 'Was trennt die Zellen? Mehrere Zeichen passen: {signs}.',
  },
  uncertain_header: {
    en: 'Does the first line hold headers? It reads: {cells}.',
    de: 'Enthält die erste Zeile Überschriften? Sie lautet: {cells}.',
  },
  uncertain_encoding: {
    en: 'In which encoding is the file written? From line {line} on it is not throughout UTF-8.',
    de: 'In welcher Zeichenkodierung liegt die Datei vor? Ab Zeile {line} ist sie nicht durchweg UTF-8.',
  },
  which_sheet: {
    en: 'Which sheet is to be read? Several hold data: {sheets}.',
    de: 'Welches Blatt soll gelesen werden? Mehrere enthalten Daten: {sheets}.',
  },
  currency_missing: {
    en: 'In which currency are the amounts?',
    de: 'In welcher Währung sind die Beträge?',
  },
} as const satisfies Record<string, Sentence>

/** What was decided without asking, said aloud. */
const notes = {
  recognised: {
    en: 'Recognised as “{kind}” by {known} of {of} columns: {headers}.',
    de: 'Als „{kindDe}“ erkannt an {known} von {of} Spalten: {headers}.',
  },
  encoding_found: {
    en: 'Read as {encoding}.',
    de: 'Gelesen als {encoding}.',
  },
  encoding_not_utf8: {
    en: 'Read as {encoding}, because it is not UTF-8.',
    de: 'Gelesen als {encoding}, weil es kein UTF-8 ist.',
  },
  sheet_read: {
    en: 'Read from the sheet “{sheet}”.',
    de: 'Gelesen aus dem Blatt „{sheet}“.',
  },
  titles_skipped: {
    en: 'The lines above the table, up to line {line}, are not read.',
    de: 'Die Zeilen über der Tabelle, bis Zeile {line}, werden nicht gelesen.',
  },
  numbers_rounded: {
    en: 'Numbers with more decimals than their format shows, taken as they are shown: {cells}.',
    de: 'Zahlen mit mehr Nachkommastellen, als ihr Format zeigt, übernommen wie gezeigt: {cells}.',
  },
  formulas_without_result: {
    en: 'Formulas without a stored result: {cells}. Open the file in a spreadsheet program and save it, so that it holds them.',
    de: 'Formeln ohne gespeichertes Ergebnis: {cells}. Die Datei in einem Tabellenprogramm öffnen und speichern, damit sie diese enthält.',
  },
  merged_filled: {
    en: 'Words and dates of cells merged over several rows hold for each of these rows, numbers only for the first: {cells} cells.',
    de: 'Wörter und Daten aus über mehrere Zeilen verbundenen Zellen gelten für jede dieser Zeilen, Zahlen nur für die erste: {cells} Zellen.',
  },
  cells_beside: {
    en: 'Rows with something right of the last header, which is not read: {rows}.',
    de: 'Zeilen mit Inhalt rechts von der letzten Überschrift, der nicht gelesen wird: {rows}.',
  },
  dates_swapped: {
    en: 'In “{column}”, {hollow} of {months} months have no day but {days}. Day and month were probably swapped before the file was made: up to {dates} of {of} dates are wrong.',
    de: 'In „{column}“ haben {hollow} von {months} Monaten keinen anderen Tag als {days}. Wahrscheinlich wurden Tag und Monat vertauscht, bevor die Datei entstand: Bis zu {dates} von {of} Daten sind falsch.',
  },
  statuses_unknown: {
    en: 'These words for the status say neither open nor closed, so the cases count as open: {words} (rows: {rows}).',
    de: 'Diese Wörter für den Status sagen weder offen noch abgeschlossen, daher gelten die Vorgänge als offen: {words} (Zeilen: {rows}).',
  },
  dates_found: {
    en: 'Dates in “{column}” are read as {patterns}.',
    de: 'Daten in „{column}“ werden als {patterns} gelesen.',
  },
  two_digit_years: {
    en: 'Two-digit years in “{column}” are read as 1970 to 2069.',
    de: 'Zweistellige Jahre in „{column}“ werden als 1970 bis 2069 gelesen.',
  },
  not_dates: {
    en: 'Cells of “{column}” that are no such dates: {rows}; their rows are set aside.',
    de: 'Zellen in „{column}“, die keine solchen Daten sind: {rows}; ihre Zeilen werden zurückgestellt.',
  },
  decimal_found: {
    en: 'Numbers in “{column}” have “{decimal}” before the decimals.',
    de: 'Zahlen in „{column}“ haben „{decimal}“ als Dezimalzeichen.',
  },
  currency_assumed: {
    en: 'The file names no currency: amounts are taken as {currency}.',
    de: 'Die Datei nennt keine Währung: Beträge gelten als {currency}.',
  },
  columns_kept: {
    en: 'Kept with the record as they are: {columns}.',
    de: 'Unverändert am Datensatz behalten: {columns}.',
  },
  columns_ignored: {
    en: 'Not used: {columns}.',
    de: 'Nicht verwendet: {columns}.',
  },
  no_rows: {
    en: 'The file has headers but no rows.',
    de: 'Die Datei hat Überschriften, aber keine Zeilen.',
  },
} as const satisfies Record<string, Sentence>

/** Why a whole file cannot be read; each names file, line and column. */
const refusals = {
  empty: {
    en: '“{file}” is empty (line {line}, column {column}).',
    de: '„{file}“ ist leer (Zeile {line}, Spalte {column}).',
  },
  not_text: {
    en: '“{file}” is no text but {what} (line {line}, column {column}).',
    de: '„{file}“ ist kein Text, sondern {what} (Zeile {line}, Spalte {column}).',
  },
  damaged_archive: {
    en: '“{file}” is damaged: unpacking fails behind line {line}, column {column} ({why}).',
    de: '„{file}“ ist beschädigt: Das Entpacken scheitert nach Zeile {line}, Spalte {column} ({why}).',
  },
  too_large_packed: {
    en: '“{file}” is larger than {most} MB, the most that is taken of a spreadsheet (line {line}, column {column}); as CSV it may be larger.',
    de: '„{file}“ ist größer als {most} MB, das Höchste für eine Tabellendatei (Zeile {line}, Spalte {column}); als CSV darf sie größer sein.',
  },
  too_many_rows: {
    en: '“{file}” has more than {most} rows (reached in line {line}, column {column}).',
    de: '„{file}“ hat mehr als {most} Zeilen (erreicht in Zeile {line}, Spalte {column}).',
  },
  too_many_texts: {
    en: '“{file}” holds more different texts than can be kept (line {line}, column {column}); as CSV it may hold them.',
    de: '„{file}“ enthält mehr verschiedene Texte, als sich behalten lassen (Zeile {line}, Spalte {column}); als CSV sind sie möglich.',
  },
  too_many_merges: {
    en: '“{file}” has more merged cells than can be followed (line {line}, column {column}).',
    de: '„{file}“ hat mehr verbundene Zellen, als sich verfolgen lassen (Zeile {line}, Spalte {column}).',
  },
  encrypted: {
    en: '“{file}” is protected by a password (line {line}, column {column}).',
    de: '„{file}“ ist durch ein Kennwort geschützt (Zeile {line}, Spalte {column}).',
  },
  forbidden_xml: {
    en: '“{file}” holds in its part “{part}” something that is not read for safety: {why} (line {line}, column {column}).',
    de: '„{file}“ enthält im Teil „{part}“ etwas, das aus Sicherheit nicht gelesen wird: {why} (Zeile {line}, Spalte {column}).',
  },
  damaged_xml: {
    en: '“{file}” is damaged in its part “{part}”: {why} (line {line}, column {column}).',
    de: '„{file}“ ist im Teil „{part}“ beschädigt: {why} (Zeile {line}, Spalte {column}).',
  },
  too_large: {
    en: '“{file}” is larger than {most} bytes unpacked (reached in line {line}, column {column}).',
    de: '„{file}“ ist entpackt größer als {most} Bytes (erreicht in Zeile {line}, Spalte {column}).',
  },
  unclosed_quote: {
    en: '“{file}”, line {line}, column {column}: a quote opens and never closes.',
    de: '„{file}“, Zeile {line}, Spalte {column}: Ein Anführungszeichen wird geöffnet und nie geschlossen.',
  },
  endless_row: {
    en: '“{file}”, line {line}, column {column}: a row with quotes is longer than 1 MB, so that its end cannot be told.',
    de: '„{file}“, Zeile {line}, Spalte {column}: Eine Zeile mit Anführungszeichen ist länger als 1 MB, ihr Ende ist nicht zu erkennen.',
  },
  too_many_columns: {
    en: '“{file}”, line {line}: more than 500 columns (column {column}).',
    de: '„{file}“, Zeile {line}: mehr als 500 Spalten (Spalte {column}).',
  },
  header_unusable: {
    en: '“{file}”, line {line}, column {column}: the header cannot be used, because it is too long or holds unreadable characters.',
    de: '„{file}“, Zeile {line}, Spalte {column}: Die Überschrift ist unbrauchbar, weil sie zu lang ist oder unlesbare Zeichen enthält.',
  },
  not_readable: {
    en: '“{file}” cannot be read (line {line}, column {column}): {why}.',
    de: '„{file}“ ist nicht lesbar (Zeile {line}, Spalte {column}): {why}.',
  },
  column_unknown: {
    en: 'The mapping names the column “{column}”, which “{file}” does not have or has more than once (line {line}).',
    de: 'Die Zuordnung nennt die Spalte „{column}“, die „{file}“ nicht oder mehrfach hat (Zeile {line}).',
  },
} as const satisfies Record<string, Sentence>

/** Labels of answers. */
const answers = {
  dates_as: { en: 'as {patterns}', de: 'als {patterns}' },
  decimal_as: { en: '“{decimal}” before the decimals', de: '„{decimal}“ vor den Nachkommastellen' },
  marks_empty: { en: 'Yes, read as empty', de: 'Ja, als leer lesen' },
  marks_kept: { en: 'No, keep as written', de: 'Nein, so übernehmen' },
  sheet_is: { en: '{sheet}', de: '{sheet}' },
  delimiter_is: { en: '{sign}', de: '{sign}' },
  one_column: { en: 'nothing: one column', de: 'nichts: eine Spalte' },
  header_yes: { en: 'Yes, headers', de: 'Ja, Überschriften' },
  header_no: { en: 'No, a row of data', de: 'Nein, eine Datenzeile' },
  encoding_is: { en: '{encoding}', de: '{encoding}' },
  column_is: { en: '{column}', de: '{column}' },
  all_are: { en: 'All rows: {meaning}', de: 'Alle Zeilen: {meaning}' },
  all_won: { en: 'All rows are won deals', de: 'Alle Zeilen sind gewonnene Verkaufschancen' },
} as const satisfies Record<string, Sentence>

export type RejectCode = keyof typeof rejects
export type QuestionCode = keyof typeof questions
export type NoteCode = keyof typeof notes
export type FileFault = keyof typeof refusals
export type AnswerCode = keyof typeof answers

const all = { ...rejects, ...questions, ...notes, ...refusals, ...answers }
type MessageCode = keyof typeof all
export const messageCodes = Object.keys(all) as MessageCode[]

/** Longest piece of a cell shown in a sentence. */
const shown = 80

function fill(template: string, params: Params): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined
    if (value === undefined) return whole
    const text = String(value)
    return name === 'value' && text.length > shown ? `${clip(text, shown)}…` : text
  })
}

/** The sentence of a code in both languages, with its parameters filled in. */
export function sentence(code: MessageCode, params: Params = {}): Sentence {
  const { en, de } = all[code]
  return { en: fill(en, params), de: fill(de, params) }
}
