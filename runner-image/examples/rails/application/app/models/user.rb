class User < ApplicationRecord
  has_many :recipes
  has_many :reviews
  has_many :orders
  has_many :followings, class_name: 'Follow', foreign_key: :follower_id
  has_many :followees, through: :followings
  scope :active, -> { where(deleted_at: nil) }
end
