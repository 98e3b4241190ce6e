class Recipe < ApplicationRecord
  belongs_to :user
  has_many :reviews
  has_many :recipe_tags
  has_many :tags, through: :recipe_tags
  enum difficulty: { easy: 'easy', medium: 'medium', hard: 'hard' }
  scope :published, -> { where(status: 'published') }
  validates :title, presence: true
end
