class Tag < ApplicationRecord
  belongs_to :parent, class_name: 'Tag', optional: true
  has_many :recipe_tags
end
