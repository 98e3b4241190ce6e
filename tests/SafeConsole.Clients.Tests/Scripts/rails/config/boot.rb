# The system's own gems: there is no Gemfile to set up.
require 'rails'
