# What a Ruby session begins with: the connection of the environment's PG variables, which hold no secret.
require 'pg'

def db = $db

begin
  $db = PG.connect
  puts "Connected to #{$db.db} (PostgreSQL #{$db.parameter_status('server_version')})."
  puts "db is a PG::Connection; try db.exec('select now()').to_a."
rescue PG::Error => error
  puts "There is no connection: #{error.message}"
end
