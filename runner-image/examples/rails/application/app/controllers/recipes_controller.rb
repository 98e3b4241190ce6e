class RecipesController < ActionController::API
  def index
    render json: Recipe.published.order(published_at: :desc).limit(20)
  end

  def show
    render json: Recipe.published.find(params[:id]), include: %i[reviews tags]
  end
end
