Rails.application.configure do
  config.cache_classes = true
  config.eager_load = true
  config.log_level = :info
  # Containers log to their output; a log file would need a folder that can be written.
  config.logger = ActiveSupport::TaggedLogging.new(ActiveSupport::Logger.new($stdout))
  # The server is deployed with a key of its own. A console signs nothing, and must not have it.
  config.secret_key_base = ENV.fetch('SECRET_KEY_BASE') { SecureRandom.hex(32) }
  config.active_record.dump_schema_after_migration = false
end
