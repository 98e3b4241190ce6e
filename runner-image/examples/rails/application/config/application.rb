require_relative 'boot'
require 'active_record/railtie'
require 'action_controller/railtie'
Bundler.require

module Recipes
  class Application < Rails::Application
    config.load_defaults 6.1
    config.api_only = true
    config.time_zone = 'Europe/Oslo'
  end
end
