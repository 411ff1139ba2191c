WITH t AS (SELECT * FROM closings WHERE day = @business_date) SELECT rows, total FROM t
