-- Every command of psql that asks the server, each after a line with its name. What follows the last is what a developer types.
\set VERBOSITY default
\qecho '== \\conninfo'
\conninfo
\qecho '== \\encoding'
\encoding
\qecho '== \\d'
\d
\qecho '== \\d+'
\d+
\qecho '== \\d recipes'
\d recipes
\qecho '== \\d+ recipes'
\d+ recipes
\qecho '== \\d users'
\d users
\qecho '== \\d events'
\d events
\qecho '== \\d+ events'
\d+ events
\qecho '== \\d events_2026_q4'
\d events_2026_q4
\qecho '== \\d stuck_orders'
\d stuck_orders
\qecho '== \\d+ stuck_orders'
\d+ stuck_orders
\qecho '== \\d index_recipes_on_published_at'
\d index_recipes_on_published_at
\qecho '== \\d+ reviews'
\d+ reviews
\qecho '== \\d public.*'
\d public.*
\qecho '== \\d pg_catalog.pg_class'
\d pg_catalog.pg_class
\qecho '== \\dS pg_stat*'
\dS pg_stat*
\qecho '== \\dt'
\dt
\qecho '== \\dt+'
\dt+
\qecho '== \\dtS'
\dtS
\qecho '== \\dt rec*'
\dt rec*
\qecho '== \\di'
\di
\qecho '== \\di+'
\di+
\qecho '== \\diS'
\diS
\qecho '== \\dv'
\dv
\qecho '== \\dv+'
\dv+
\qecho '== \\dm'
\dm
\qecho '== \\dm+'
\dm+
\qecho '== \\ds'
\ds
\qecho '== \\ds+'
\ds+
\qecho '== \\dE'
\dE
\qecho '== \\df'
\df
\qecho '== \\df+'
\df+
\qecho '== \\df dice'
\df dice
\qecho '== \\dfn'
\dfn
\qecho '== \\dfa'
\dfa
\qecho '== \\dfaS'
\dfaS
\qecho '== \\dfS pg_stat_get*'
\dfS pg_stat_get*
\qecho '== \\dft'
\dft
\qecho '== \\dfp'
\dfp
\qecho '== \\dfw'
\dfw
\qecho '== \\df dice integer'
\df dice integer
\qecho '== \\sf dice'
\sf dice
\qecho '== \\sf+ avg_rating'
\sf+ avg_rating
\qecho '== \\sv stuck_orders'
\sv stuck_orders
\qecho '== \\sv+ stuck_orders'
\sv+ stuck_orders
\qecho '== \\dn'
\dn
\qecho '== \\dn+'
\dn+
\qecho '== \\dnS'
\dnS
\qecho '== \\du'
\du
\qecho '== \\du+'
\du+
\qecho '== \\dg'
\dg
\qecho '== \\dg+'
\dg+
\qecho '== \\dp'
\dp
\qecho '== \\dpS'
\dpS
\qecho '== \\z'
\z
\qecho '== \\z recipes'
\z recipes
\qecho '== \\dT'
\dT
\qecho '== \\dT+'
\dT+
\qecho '== \\dTS'
\dTS
\qecho '== \\dD'
\dD
\qecho '== \\dD+'
\dD+
\qecho '== \\dDS'
\dDS
\qecho '== \\do'
\do
\qecho '== \\doS'
\doS
\qecho '== \\doS+ ||'
\doS+ ||
\qecho '== \\dC'
\dC
\qecho '== \\dC+'
\dC+
\qecho '== \\dx'
\dx
\qecho '== \\dx+'
\dx+
\qecho '== \\dx plpgsql'
\dx plpgsql
\qecho '== \\dy'
\dy
\qecho '== \\dy+'
\dy+
\qecho '== \\db'
\db
\qecho '== \\db+'
\db+
\qecho '== \\dc'
\dc
\qecho '== \\dcS'
\dcS
\qecho '== \\dc+'
\dc+
\qecho '== \\dconfig'
\dconfig
\qecho '== \\dconfig *timeout'
\dconfig *timeout
\qecho '== \\dconfig+ work_mem'
\dconfig+ work_mem
\qecho '== \\dF'
\dF
\qecho '== \\dF+'
\dF+
\qecho '== \\dFd'
\dFd
\qecho '== \\dFd+'
\dFd+
\qecho '== \\dFp'
\dFp
\qecho '== \\dFp+'
\dFp+
\qecho '== \\dFt'
\dFt
\qecho '== \\dFt+'
\dFt+
\qecho '== \\dl'
\dl
\qecho '== \\dl+'
\dl+
\qecho '== \\lo_list'
\lo_list
\qecho '== \\drds'
\drds
\qecho '== \\dRp'
\dRp
\qecho '== \\dRp+'
\dRp+
\qecho '== \\dRs'
\dRs
\qecho '== \\dRs+'
\dRs+
\qecho '== \\dO'
\dO
\qecho '== \\dO+'
\dO+
\qecho '== \\dOS'
\dOS
\qecho '== \\det'
\det
\qecho '== \\det+'
\det+
\qecho '== \\dew'
\dew
\qecho '== \\dew+'
\dew+
\qecho '== \\des'
\des
\qecho '== \\des+'
\des+
\qecho '== \\deu'
\deu
\qecho '== \\deu+'
\deu+
\qecho '== \\ddp'
\ddp
\qecho '== \\dd'
\dd
\qecho '== \\ddS'
\ddS
\qecho '== \\dL'
\dL
\qecho '== \\dL+'
\dL+
\qecho '== \\dLS'
\dLS
\qecho '== \\dA'
\dA
\qecho '== \\dA+'
\dA+
\qecho '== \\dA btree'
\dA btree
\qecho '== \\dAc'
\dAc
\qecho '== \\dAc+'
\dAc+
\qecho '== \\dAf'
\dAf
\qecho '== \\dAf+'
\dAf+
\qecho '== \\dAo'
\dAo
\qecho '== \\dAo+'
\dAo+
\qecho '== \\dAp'
\dAp
\qecho '== \\dAp+'
\dAp+
\qecho '== \\dP'
\dP
\qecho '== \\dP+'
\dP+
\qecho '== \\dPn'
\dPn
\qecho '== \\dPi'
\dPi
\qecho '== \\dPt'
\dPt
\qecho '== \\da'
\da
\qecho '== \\daS'
\daS
\qecho '== \\daS count'
\daS count
\qecho '== \\dX'
\dX
\qecho '== \\dX+'
\dX+
\qecho '== \\l'
\l
\qecho '== \\l+'
\l+
\qecho '== \\l recipes'
\l recipes
\qecho finished
