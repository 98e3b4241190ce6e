require_relative 'boot'
require 'active_record/railtie'

module Recipes
  class Application < Rails::Application
    config.load_defaults 6.1
    config.eager_load = false
    config.secret_key_base = 'of-no-use-in-a-console'
    # The folder is read-only in a runner.
    config.logger = ActiveSupport::Logger.new(IO::NULL)
    config.time_zone = 'Europe/Oslo'
  end
end
