// node-postgres as a developer uses it: clients, pools, parameters, named statements, cursors, streams.
'use strict'

const assert = require('node:assert')
const { Client, Pool, types } = require('pg')
const Cursor = require('pg-cursor')
const QueryStream = require('pg-query-stream')

const pool = new Pool({ max: 3, idleTimeoutMillis: 1000 })
const one = async (sql, values, on = pool) => Object.values((await on.query(sql, values)).rows[0])[0]
const words = error => `${error.name}: ${error.message}`.replaceAll('\n', ' | ').slice(0, 600)

const steps = {
  async connects_by_url() {
    const client = new Client({ connectionString: process.env.DATABASE_URL, application_name: 'debugging', statement_timeout: 20000, query_timeout: 60000 })
    await client.connect()
    assert.equal(await one('SHOW application_name', [], client), 'debugging')
    assert.equal(await one('SHOW statement_timeout', [], client), '20s')
    await client.end()
  },
  async connects_with_options() {
    const client = new Client({ options: '-c statement_timeout=1500', lock_timeout: 500, idle_in_transaction_session_timeout: 20000 })
    await client.connect()
    assert.equal(await one('SHOW statement_timeout', [], client), '1500ms')
    assert.equal(await one('SHOW lock_timeout', [], client), '500ms')
    assert.equal(await one('SHOW idle_in_transaction_session_timeout', [], client), '20s')
    await client.end()
  },
  async says_nothing_unasked() {
    const client = new Client()
    const notices = []
    client.on('notice', notice => notices.push(notice.message))
    await client.connect()
    await client.query('SELECT 1')
    await client.end()
    assert.deepEqual(notices, [])
  },
  async knows_who_it_is() {
    assert.equal(await one('SELECT current_user'), 'safe_reader')
    assert.equal(await one('SELECT pg_is_in_recovery()'), true)
  },
  async counts() {
    assert.equal(await one('SELECT count(*) FROM recipes'), '12000')
  },
  async takes_parameters() {
    assert.equal(await one('SELECT username FROM users WHERE id = $1', [4711]), 'cook4711')
    assert.equal(await one('SELECT count(*)::int FROM users WHERE id = ANY($1)', [[1, 2, 3]]), 3)
    assert.equal(await one('SELECT $1::text', ['O’Brien\'s \\ "quoted"']), 'O’Brien\'s \\ "quoted"')
    assert.equal(await one('SELECT $1::jsonb ->> $2', [{ a: 1 }, 'a']), '1')
  },
  async names_statements() {
    const client = await pool.connect()
    for (const id of [1, 2, 3]) {
      const { rows } = await client.query({ name: 'user-by-id', text: 'SELECT id::int FROM users WHERE id = $1', values: [id] })
      assert.equal(rows[0].id, id)
    }
    client.release()
  },
  async reads_rows_as_arrays() {
    const { rows, fields, rowCount, command } = await pool.query({ text: 'SELECT id, name FROM tags ORDER BY id LIMIT 2', rowMode: 'array' })
    assert.deepEqual(rows, [[1, 'meal'], [2, 'diet']])
    assert.deepEqual([fields.length, rowCount, command], [2, 2, 'SELECT'])
  },
  async reads_types() {
    const { rows: [user] } = await pool.query('SELECT settings, created_at, is_admin, deleted_at, last_login_ip FROM users WHERE id = 1')
    assert.ok(user.created_at instanceof Date)
    assert.deepEqual([typeof user.settings.theme, user.is_admin, user.deleted_at], ['string', true, null])
    assert.ok(Array.isArray(await one('SELECT allergens FROM ingredients LIMIT 1')))
  },
  async reads_binary() {
    const { rows } = await pool.query({ text: 'SELECT id, view_count FROM recipes WHERE id = 1', binary: true })
    assert.equal(rows[0].id, '1')
  },
  async parses_types_its_own_way() {
    types.setTypeParser(types.builtins.INT8, Number)
    assert.equal(await one('SELECT count(*) FROM users'), 8000)
  },
  async joins_and_groups() {
    const { rows } = await pool.query(`
      SELECT u.country, count(DISTINCT r.id) AS recipes, round(avg(v.stars), 2) AS stars
      FROM users u JOIN recipes r ON r.user_id = u.id LEFT JOIN reviews v ON v.recipe_id = r.id
      GROUP BY ROLLUP (u.country) ORDER BY 2 DESC`)
    assert.equal(rows[0].recipes, 12000)
  },
  async finds_stuck_orders() {
    assert.equal(await one('SELECT count(*) FROM stuck_orders WHERE attempts > $1', [4]), 215)
  },
  async reads_json() {
    assert.equal(await one(`SELECT count(*) FROM orders WHERE status = 'paid' AND delivery->>'carrier' = $1`, ['bring']), 215)
    assert.ok((await one(`SELECT jsonb_agg(t) FROM (SELECT name FROM tags LIMIT 3) t`)).length === 3)
  },
  async calls_the_applications_functions() {
    assert.ok(await one('SELECT dice($1)', [6]) >= 1)
    assert.ok(Number(await one('SELECT avg_rating($1)', [1])) >= 1)
  },
  async runs_several_statements() {
    const results = await pool.query('SELECT 1 AS one; SELECT 2 AS two')
    assert.deepEqual(results.map(result => result.rows[0]), [{ one: 1 }, { two: 2 }])
  },
  async queries_at_once() {
    const answers = await Promise.all([...Array(20).keys()].map(number => one('SELECT $1::int', [number])))
    assert.deepEqual(answers, [...Array(20).keys()])
  },
  async reads_in_a_transaction() {
    const client = await pool.connect()
    await client.query('BEGIN')
    await client.query('SAVEPOINT before')
    await assert.rejects(client.query('SELECT 1 / 0'), { code: '22012' })
    await client.query('ROLLBACK TO before')
    assert.equal(await one('SELECT count(*) FROM reviews WHERE recipe_id = 17', [], client) > 0, true)
    await client.query('COMMIT')
    client.release()
  },
  async reads_by_cursor() {
    const client = await pool.connect()
    const cursor = client.query(new Cursor('SELECT id FROM reviews WHERE id <= $1 ORDER BY id', [1000]))
    let seen = 0
    for (let rows; (rows = await cursor.read(300)).length > 0;) seen += rows.length
    assert.equal(seen, 1000)
    const early = client.query(new Cursor('SELECT id FROM reviews'))
    assert.equal((await early.read(10)).length, 10)
    await early.close()
    client.release()
  },
  async streams() {
    const client = await pool.connect()
    let seen = 0
    for await (const _ of client.query(new QueryStream('SELECT id FROM users WHERE id <= $1', [2000]))) seen++
    assert.equal(seen, 2000)
    client.release()
  },
  async explains() {
    const plan = await one('EXPLAIN (ANALYZE, FORMAT JSON) SELECT * FROM reviews WHERE user_id = 666')
    assert.ok(plan[0].Plan['Node Type'])
  },
  async asks_for_columns() {
    const { rows } = await pool.query(`SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1 ORDER BY ordinal_position`, ['recipes'])
    assert.equal(rows[0].column_name, 'id')
  },
  async asks_what_is_running() {
    assert.ok(await one('SELECT count(*) FROM pg_stat_activity WHERE pid = pg_backend_pid()') === 1)
    assert.ok((await one(`SELECT pg_size_pretty(pg_total_relation_size('recipes'))`)).endsWith('B'))
  },
}

const refusals = {
  update: on => on.query('UPDATE recipes SET title = $1 WHERE id = 1', ['x']),
  drop: on => on.query('DROP TABLE recipes'),
  set_role: on => on.query('SET ROLE postgres'),
}

async function step(name, work) {
  try {
    await work()
    console.log(`ok ${name}`)
  } catch (error) {
    console.log(`failed ${name}: ${words(error)}`)
  }
}

async function refused(name, work) {
  const client = await pool.connect()
  try {
    await work(client)
    console.log(`failed ${name}: it was not refused`)
  } catch (error) {
    console.log(`refused ${name}: ${error.constructor.name} ${error.code}`)
  }
  await step(`goes_on_after_${name}`, async () => assert.equal(await one('SELECT count(*) FROM users', [], client), 8000))
  client.release()
}

async function main() {
  for (const [name, work] of Object.entries(steps)) await step(name, work)
  for (const [name, work] of Object.entries(refusals)) await refused(name, work)
  await step('closes', () => pool.end())
  console.log('finished')
}

main()
