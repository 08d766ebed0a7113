// Four small files of an invented firm, in the form of the CRM example, with some bad rows among them.
export interface FirmFile {
  name: string
  text: string
}

export interface Firm {
  files: FirmFile[]
  /** Rows of the deals file that cannot be stored. */
  badRows: number
  /** Amounts of all won deals of the last quarter, in whole dollars. */
  revenueLastQuarter: number
  revenueOf(agent: string): number
  agents: readonly string[]
}

const agents = [
  'Ada Brook',
  'Ben Carver',
  'Cleo Dunn',
  'Dana Ellis',
  'Egon Falk',
  'Fay Grant',
] as const
const managers = ['Mona Hale', 'Nils Ingram'] as const
const accounts = ['Arbor Works', 'Birch Lane', 'Cedar Point', 'Dell Harbour', 'Elm Street'] as const
const products = ['Lathe One', 'Lathe Two', 'Saw', 'Drill'] as const

interface Won {
  agent: string
  closedOn: string
  value: number
}

/** The same firm every time: numbers follow from the index alone. */
export function firm(): Firm {
  const won: Won[] = []
  const rows: string[] = []
  for (let i = 0; i < 240; i++) {
    const agent = agents[i % agents.length] ?? ''
    const month = 1 + (Math.floor(i / agents.length) % 12)
    const day = 1 + ((i * 7) % 27)
    const closedOn = `2025-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
    const engaged = `2024-${String(1 + ((i + 5) % 12)).padStart(2, '0')}-10`
    const isWon = (i * 5 + Math.floor(i / 6)) % 8 < 5
    const value = isWon ? 200 + ((i * 37) % 900) : 0
    if (isWon) won.push({ agent, closedOn, value })
    rows.push(
      [
        `J${1000 + i}`,
        agent,
        products[i % products.length],
        accounts[(i * 3) % accounts.length],
        isWon ? 'Won' : 'Lost',
        engaged,
        closedOn,
        value,
      ].join(','),
    )
  }
  const bad = [
    'J9001,Ada Brook,Saw,Arbor Works,Won,2025-01-01,2025-02-30,100',
    'J9002,Ada Brook,Saw,Arbor Works,Won,2025-01-01,,100',
    'J9003,Ada Brook,Saw,Arbor Works,Won,2025-01-01,2025-03-01,much',
  ]
  const total = (wins: readonly Won[]) => wins.reduce((sum, one) => sum + one.value, 0)
  const lastQuarter = won.filter((one) => one.closedOn >= '2025-10-01')
  return {
    agents,
    badRows: bad.length,
    revenueLastQuarter: total(lastQuarter),
    revenueOf: (agent) => total(lastQuarter.filter((one) => one.agent === agent)),
    files: [
      {
        name: 'sales_pipeline.csv',
        text: `opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n${[...rows, ...bad].join('\n')}\n`,
      },
      {
        name: 'sales_teams.csv',
        text: `sales_agent,manager,regional_office\n${agents.map((agent, i) => `${agent},${managers[i % 2]},${i % 2 === 0 ? 'North' : 'South'}`).join('\n')}\n`,
      },
      {
        name: 'accounts.csv',
        text: `account,sector,year_established,revenue,employees,office_location,subsidiary_of\n${accounts.map((account, i) => `${account},${i % 2 === 0 ? 'retail' : 'medical'},199${i},${100 + i}.50,${50 * (i + 1)},Germany,`).join('\n')}\n`,
      },
      {
        name: 'products.csv',
        text: `product,series,sales_price\n${products.map((product, i) => `${product},${i < 2 ? 'Lathes' : 'Tools'},${300 + 50 * i}`).join('\n')}\n`,
      },
    ],
  }
}
