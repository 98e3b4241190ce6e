# What is typed into a Rails console: relations of every kind, introspection, and writes that fail.

# In the console's sandbox everything is one transaction: a step that fails must not fail those after it.
def step(name)
  if database.transaction_open? then database.transaction(requires_new: true) { yield } else yield end
  puts "ok #{name}"
rescue Exception => error
  puts "failed #{name}: #{error.class}: #{error.message.tr("\n", '|')[0, 600]}"
end

def refused(name)
  yield
  puts "failed #{name}: it was not refused"
rescue ActiveRecord::StatementInvalid => error
  state = error.cause.respond_to?(:result) ? error.cause.result.error_field(PG::Result::PG_DIAG_SQLSTATE) : ''
  puts "refused #{name}: #{error.class} from #{error.cause.class} #{state}"
rescue Exception => error
  puts "failed #{name}: #{error.class}: #{error.message.tr("\n", '|')[0, 600]}"
end

def equal(found, expected)
  raise "#{found.inspect}, not #{expected.inspect}" unless found == expected
end

def holds(condition)
  raise 'it does not hold' unless condition
end

def database
  ActiveRecord::Base.connection
end

step('connects') { equal database.select_value('SELECT 40 + 2'), 42 }
step('knows_its_server') { holds database.postgresql_version >= 150000; equal database.current_database, 'recipes'; equal database.encoding, 'UTF8' }
step('has_its_settings') { equal database.select_value('SHOW statement_timeout'), '20s'; equal database.select_value('SHOW client_min_messages'), 'warning'; equal database.select_value('SHOW timezone'), 'UTC' }
step('lists_tables') { holds (%w[recipes users reviews] - database.tables).empty?; equal database.views, ['stuck_orders']; holds database.data_sources.size > 10 }
step('lists_columns') { equal database.columns(:recipes).find { |c| c.name == 'title' }.limit, 200; holds Recipe.column_names.include?('difficulty') }
step('lists_indexes') { holds database.indexes(:recipes).map(&:name).include?('index_recipes_on_user_id') }
step('lists_keys') { equal database.primary_keys('recipe_tags'), %w[recipe_id tag_id]; equal database.foreign_keys(:reviews).size, 2; equal database.check_constraints(:reviews).size, 1 }
step('lists_the_rest') { holds database.extensions.include?('plpgsql'); equal database.schema_names, %w[public]; equal database.table_comment('users'), 'Site members; deleted_at marks soft deletes'; holds database.schema_search_path }
step('dumps_the_schema') { text = StringIO.new; ActiveRecord::SchemaDumper.dump(database, text); holds text.string.include?('create_table "reviews"') }
step('inspects_a_class') { holds Recipe.inspect.include?('title: string') }
step('finds') { equal User.find(4711).username, 'cook4711'; equal User.find_by(id: 999_999), nil }
step('raises_what_is_not_found') { begin; User.find(999_999); rescue ActiveRecord::RecordNotFound; nil; end }
step('takes_first_and_last') { equal User.first.id, 1; equal User.last.id, 8000 }
step('counts') { equal Recipe.count, 12000; equal Recipe.published.where('view_count > ?', 100).exists?, true }
step('filters') { equal User.where(id: [1, 2, 3]).where.not(is_admin: false).count, 3; holds Recipe.where('title ILIKE ?', '%soup%').or(Recipe.hard).any?; holds User.where(created_at: 400.days.ago..Time.now + 3.years).count > 1 }
step('plucks') { equal User.where(id: 1..3).order(:id).pluck(:id, :username).last, [3, 'cook3']; equal User.where(id: 4711).pick(:username), 'cook4711'; equal User.where(id: 1..3).ids.sort, [1, 2, 3] }
step('groups_and_counts') { equal Recipe.group(:difficulty).count.values.sum, 12000; holds Review.group(:stars).having('count(*) > 10').order(Arel.sql('count(*) DESC')).count.size > 1 }
step('aggregates') { holds Review.average(:stars) > 1; holds Recipe.maximum(:total_minutes) > 10; holds Order.where(status: 'paid').sum(:total_cents) >= 0; equal User.distinct.count(:country), 10 }
step('follows_associations') { recipe = Recipe.find(1); holds recipe.user.email; holds recipe.reviews.where(stars: 5).limit(3).to_a; holds recipe.reviews.size > 0; User.find(1).followees.limit(3).to_a }
step('includes') { equal Recipe.includes(:user, :reviews).where(id: 1..5).to_a.sum { |recipe| recipe.reviews.length } > 0, true }
step('eager_loads') { holds Recipe.eager_load(:reviews).where(reviews: { stars: 1 }).limit(5).to_a.size > 0; holds Recipe.joins(:tags).where(tags: { name: 'soup' }).distinct.count > 0; holds Recipe.left_joins(:reviews).where(reviews: { id: nil }).limit(1).to_a }
step('finds_each') { seen = 0; Review.where('id <= 3000').find_each(batch_size: 500) { seen += 1 }; equal seen, 3000 }
step('finds_in_batches') { equal User.where('id <= 1000').in_batches(of: 400).map(&:count).sum, 1000 }
step('reads_json') { equal Order.where(status: 'paid').where("delivery ->> 'carrier' = ?", 'bring').count, 215; equal Recipe.find(1).metadata.class, Hash }
step('reads_types') { equal User.find(1).last_login_ip.class, IPAddr; equal User.find(1).created_at.class, ActiveSupport::TimeWithZone; holds User.find(1).settings }
step('explains') { holds Review.where(user_id: 666).explain.include?('QUERY PLAN'); holds Recipe.includes(:reviews).where(id: 1..2).explain }
step('reads_raw') { equal Recipe.find_by_sql(['SELECT * FROM recipes WHERE id = ?', 17]).first.reviews_count, 99_999; equal database.select_all('SELECT id, name FROM tags ORDER BY id').to_a.size, 20; holds database.exec_query('SELECT dice($1)', 'SQL', [ActiveRecord::Relation::QueryAttribute.new('sides', 6, ActiveModel::Type::Integer.new)]).rows[0][0] >= 1 }
step('finds_stuck_orders') { equal database.select_value('SELECT count(*) FROM stuck_orders'), 215 }
step('reads_by_sql_text') { holds Recipe.select('recipes.*, avg_rating(id) AS rating').where(id: 1).first.rating > 1 }
step('repeats_a_query') { 5.times { |number| equal User.find(number + 1).id, number + 1 } }
step('reads_in_a_transaction') { Recipe.transaction { Recipe.transaction(requires_new: true) { equal User.count, 8000 } } }
step('isolates') { next if database.open_transactions > 1; Recipe.transaction(isolation: :repeatable_read) { equal Tag.count, 20 } }
step('reconnects') { next if database.open_transactions > 1; database.reset!; database.reconnect!; equal Tag.count, 20 }
step('asks_for_migrations') { equal ActiveRecord::SchemaMigration.all_versions.size, 4 }

refused('update') { Recipe.first.update!(title: 'x') }
refused('destroy') { Recipe.transaction(requires_new: true) { Review.first.destroy! } }
refused('lock') { Recipe.transaction(requires_new: true) { Recipe.lock.find(1) } }
refused('execute') { Recipe.transaction(requires_new: true) { database.execute('TRUNCATE recipes') } }
step('goes_on_after_refusals') { equal User.count, 8000 }
puts 'finished'
